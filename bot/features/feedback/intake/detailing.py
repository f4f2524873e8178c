"""Asks the community's own questions before feedback is filed: in one form, or one by one without forms."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.context import Context
from bot.feedback import details, drafts
from bot.feedback.desk import blocks
from bot.feedback.drafts import Filing
from bot.ports.reply import Ask, Button, Buttons, Paragraph, Reply
from bot.settings.community.questions import QuestionSettings
from storage.items.feedback import AnyItem
from storage.models import Prompt
from storage.traffic import prompts
from storage.vocabulary import Audience, Naming

COMMAND = "particulars"
FILED = "item"
"""The argument of a draft with the number of the item, if it was filed already, with its files."""


async def ask_details(ctx: Context, new: Filing) -> Reply | None:
    """Ask the questions about new feedback; None when there are none, or they were asked."""
    # With files, it is asked after filing, as a draft holds none. The team does not ask about what it may not read.
    if new.details is not None or ctx.inbound.attachments or new.audience is Audience.TRUSTED:
        return None
    asked = details.questions(ctx.own, new.kind, new.area)
    if not asked:
        return None

    def job(session: Session) -> Reply:
        if refusal := blocks.refusal(session, ctx, new.audience):
            return refusal
        given = {**drafts.arguments(ctx, new), "command": drafts.COMMAND_OF[new.kind]}
        own = ctx.community.id
        draft = prompts.draft(session, ctx.holder, ctx.chat_mark, COMMAND, given, ctx.now, own)
        return ask_next(session, ctx, draft, new, asked)

    return await ctx.settle(job)


def ask_beside(session: Session, ctx: Context, new: Filing, item: AnyItem, receipt: Reply) -> Reply:
    """The receipt of an item filed with files, with the questions below it, which are optional then."""
    asked = questions(ctx, new, filed=True)
    if new.details is not None or not (ctx.inbound.attachments and asked) or new.audience is Audience.TRUSTED:
        return receipt
    given = {**drafts.arguments(ctx, new), "command": drafts.COMMAND_OF[new.kind], FILED: str(item.number)}
    draft = prompts.draft(session, ctx.holder, ctx.chat_mark, COMMAND, given, ctx.now, ctx.community.id)
    further = ask_next(session, ctx, draft, new, asked)
    return replace(receipt, blocks=(*receipt.blocks, *further.blocks))


def questions(ctx: Context, new: Filing, *, filed: bool) -> tuple[QuestionSettings, ...]:
    """The questions about feedback; all optional once it is filed."""
    asked = details.questions(ctx.own, new.kind, new.area)
    return details.optional(asked) if filed else asked


def ask_next(
    session: Session, ctx: Context, draft: Prompt, new: Filing, asked: Sequence[QuestionSettings], wrong: str = ""
) -> Reply:
    """Ask the questions without an answer: all in a form, or the next one without forms.

    Args:
        asked: all questions about this feedback.
        wrong: the error of an invalid answer, shown first.
    """
    known = new.details or {}
    fields = [name for name, one in zip(details.PLACES, asked, strict=False) if one.key not in known]
    stepwise = not ctx.inbound.means.forms
    shown = details.inputs(asked, ctx.speech)
    kept = {"draft": str(draft.id)}
    prompt = prompts.ask(session, ctx.holder, ctx.chat_mark, COMMAND, kept, fields[0], ctx.now, ctx.community.id)
    chosen = next(one for one in shown if one.name == fields[0])
    words = chosen.label if stepwise else ctx.speech.say("The team asks a little more about it.")
    question = Ask(COMMAND, tuple(fields), f"{words}{_hint(ctx, new)}", str(prompt.id), kept, inputs=shown)
    ready = _ready(ctx, kept, asked, fields, stepwise=stepwise, filed=FILED in draft.args)
    first = (Paragraph(wrong),) if wrong else ()
    return Reply((*first, question, *((Buttons(ready),) if ready else ())), hush=bool(ctx.inbound.chat.overlooked))


def _ready(
    ctx: Context,
    kept: Mapping[str, str],
    asked: Sequence[QuestionSettings],
    fields: Sequence[str],
    *,
    stepwise: bool,
    filed: bool,
) -> tuple[Button, ...]:
    """The buttons: the choices where there are no forms, and those to skip optional questions and to cancel."""
    left = [one for name, one in zip(details.PLACES, asked, strict=False) if name in fields]
    options = left[0].choices_in(ctx.speech.language) if stepwise else ()
    choices = [Button(text, COMMAND, {**kept, fields[0]: str(place)}) for place, text in enumerate(options, 1)]
    optional = not left[0].required if stepwise else not any(one.required for one in left)
    place = details.PLACES.index(fields[0]) + 1 if stepwise else 0
    skip = Button(ctx.speech.say("Skip"), COMMAND, {**kept, "skip": str(place)})
    cancel = () if filed else (Button(ctx.speech.say("Cancel"), "discard", kept),)
    return (*choices, *((skip,) if optional else ()), *cancel)


def _hint(ctx: Context, new: Filing) -> str:
    """A warning to the author of nameless feedback; empty for named feedback."""
    if new.naming is not Naming.NAMELESS:
        return ""
    return f" {ctx.speech.say('A detail may give its author away.')}"
