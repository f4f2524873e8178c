"""Takes the answers to the community's own questions, and files the feedback once all are given."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.feedback.intake.detailing import COMMAND, FILED, ask_next, questions
from bot.features.feedback.intake.filing import file_new
from bot.feedback import details, drafts, items
from bot.feedback.drafts import Filing
from bot.ports.reply import Paragraph, Reply, say
from bot.settings.community.questions import QuestionSettings
from storage.items import details as stored
from storage.traffic import prompts
from storage.vocabulary import Status


async def particulars(
    ctx: Context,
    draft: Token,
    skip: Token | None = None,
    first: ShortText | None = None,
    second: ShortText | None = None,
    third: ShortText | None = None,
    fourth: ShortText | None = None,
) -> Reply:
    """Answer what the team asks about your feedback."""
    # skip: the place of the question to skip; 0 for all that are left.
    kept = await ctx.read(lambda session: dict(items.draft(session, ctx, draft, (COMMAND,)).args))
    command, number = kept.pop("command"), kept.pop(FILED, None)
    new = drafts.restore(command, kept)
    asked = questions(ctx, new, filed=number is not None)
    said = dict(zip(details.PLACES, (first, second, third, fourth), strict=True))
    answers, wrong = _take(ctx, asked, said, skip)
    # The form for the remaining questions does not repeat earlier answers.
    told = replace(new, details={**answers, **(new.details or {}), **details.answered(answers)})
    if any(one.key not in (told.details or {}) for one in asked):
        return await ctx.settle(lambda session: _keep(session, ctx, draft, told, asked, wrong))
    if number is not None:
        return await ctx.settle(lambda session: _add(session, ctx, draft, int(number), told))
    filed = replace(ctx, command=ctx.core.registry.command(command), given=drafts.arguments(ctx, told), completes=draft)
    return await file_new(filed, replace(told, details=told.details or {"": ""}))


def _take(
    ctx: Context, asked: Sequence[QuestionSettings], said: Mapping[str, str | None], skip: int | None
) -> tuple[dict[str, str], str]:
    """Parse the answers.

    Returns:
        The answers by key of the question, empty for a skipped one; and the error of the first invalid answer.
    """
    found: dict[str, str] = {}
    wrong = ""
    form = ctx.inbound.means.forms and skip is None
    for place, (name, one) in enumerate(zip(details.PLACES, asked, strict=False), 1):
        answer = (said.get(name) or "").strip()
        if not answer:
            if not one.required and (form or skip in (0, place)):
                found[one.key] = ""
            continue
        try:
            found[one.key] = details.parse(ctx.speech, one, answer)
        except UserError as error:
            wrong = wrong or str(error)
    return found, wrong


def _keep(
    session: Session, ctx: Context, draft: int, told: Filing, asked: Sequence[QuestionSettings], wrong: str
) -> Reply:
    """Store the answers given so far in the draft, and ask for the others."""
    kept = items.draft(session, ctx, draft, (COMMAND,))
    stays = {name: kept.args[name] for name in ("command", FILED) if name in kept.args}
    kept.args = {**drafts.arguments(ctx, told), **stays}
    session.add(kept)
    return ask_next(session, ctx, kept, told, asked, wrong)


def _add(session: Session, ctx: Context, draft: int, number: int, told: Filing) -> Reply:
    """Add the answers to an item that was filed before, with its files."""
    item = items.hold_own(session, ctx, number)
    prompts.drop(session, items.draft(session, ctx, draft, (COMMAND,)))
    answers = details.answered(told.details or {})
    if not answers or item.status is Status.WITHDRAWN:
        return say(ctx.speech.say("#{number} stays as it is.", number=number))
    stored.add(session, item.id, answers)
    return items.changed(item, Paragraph(ctx.speech.say("Added to #{number}; the team reads it.", number=number)))
