"""The command that tells people about a known issue, and that it is over."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import LongText, Number, ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.outcomes.deciding import decide
from bot.features.moderation.queue.finding import actor, find
from bot.feedback import items
from bot.feedback.desk import incidents
from bot.feedback.display.joined import tell_joined
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling.news import will_be_told
from bot.language.text.excerpt import excerpt
from bot.language.text.normalise import has_words
from bot.locales.words import IncidentAction
from bot.ports.reply import Block, Button, Buttons, Paragraph, Quote, Reply, Row, Strong, Weight, say
from storage.items import feedback
from storage.items.desk import incidents as stored
from storage.items.feedback import NewItem
from storage.items.support import groups, joins
from storage.models import Feedback
from storage.traffic import prompts
from storage.vocabulary import Audience, Kind, Status

_NUMBERS = re.compile(r"((?:[#\d][\d]*[\s,;+&]+(?:(?:and|et)\s+)?)+)(.*)\Z|([#\d\s,;]+)\Z", re.DOTALL | re.IGNORECASE)
"""Numbers at the beginning of a text, and the rest."""


async def incident(
    ctx: Context,
    number: Number | None = None,
    action: IncidentAction | None = None,
    text: LongText | None = None,
    others: ShortText | None = None,
    draft: Token | None = None,
    told: Token | None = None,
) -> Reply:
    """Tell people about a known issue, or that it is over."""
    # others: the numbers of further items of the same issue. told: whether the moderator was told who reads the words.
    if draft is not None:
        return await ctx.settle(lambda session: _open_draft(session, ctx, draft))
    if action is IncidentAction.OVER:
        return await ctx.settle(lambda session: _close(session, ctx, number, text or ""))
    if number is None and text is None:
        return await ctx.read(lambda session: _list(session, ctx))
    further, words = _read_numbers(text or "") if number is not None else ((), text or "")
    numbers = list(
        dict.fromkeys([*(() if number is None else (number,)), *further, *_read_numbers(f"{others or ''} ")[0]])
    )
    await ctx.read(lambda session: [_find_open(session, ctx, one) for one in numbers])
    if not has_words(words):
        more = {"others": " ".join(map(str, numbers[1:])), "told": "1"}
        kept = {} if number is None else {"number": str(number), **more}
        asked = await ctx.read(lambda session: _asked(session, ctx, number))
        return await replace(ctx, given=kept).ask(f"{asked} {_readers(ctx)}", "text")
    if told:
        return await ctx.settle(lambda session: open_together(session, ctx, numbers, words))
    return await ctx.settle(lambda session: _preview(session, ctx, numbers, words))


def _asked(session: Session, ctx: Context, number: int | None) -> str:
    """The question for the words; for an issue already known, with the words that they replace."""
    item = None if number is None else _find_open(session, ctx, number)
    found = stored.of_item(session, item.id) if item else None
    if item is None or found is None or found.closed_at is not None:
        return ctx.speech.say("What is known about it?")
    return ctx.speech.say(
        "#{number} is a known issue already; new words take the place of these: “{text}”.",
        number=item.number,
        text=excerpt(found.text, 200),
    )


def _readers(ctx: Context) -> str:
    return ctx.speech.say(
        "Whoever asks about it, or is about to report it, reads these words; who reported or supports it is told now."
    )


def _read_numbers(text: str) -> tuple[list[int], str]:
    """The numbers at the beginning of a text, and the rest."""
    found = _NUMBERS.match(text.strip() + (" " if text.strip()[-1:].isdigit() else ""))
    if not found:
        return [], text.strip()
    return [int(one) for one in re.findall(r"\d{1,9}", found[1] or found[3])], (found[2] or "").strip()


def _find_open(session: Session, ctx: Context, number: int) -> Feedback:
    """The open problem with that number, or the one it is joined to.

    Raises:
        UserError: there is none, it is closed, or no problem.
    """
    item = groups.target(session, find(session, ctx, number))
    if item.kind is not Kind.PROBLEM:
        raise UserError(ctx.speech.say("#{number} is no problem: a known issue is one.", number=number))
    if not incidents.can_be_known_issue(item):
        word = items.status_word(ctx.speech, item)
        raise Outdated(ctx.speech.say("#{number} is closed ({status}): it stays as it is.", number=number, status=word))
    return item


def _preview(session: Session, ctx: Context, numbers: Sequence[int], text: str) -> Reply:
    """The preview of the words, with a button to tell people."""
    kept = {"text": text, "numbers": " ".join(map(str, numbers))}
    draft = prompts.draft(session, ctx.holder, ctx.chat_mark, ctx.command.name, kept, ctx.now)
    args = {"draft": str(draft.id)}
    tell = Button(ctx.speech.say("Tell people"), ctx.command.name, args, weight=Weight.PRIMARY)
    cancel = Button(ctx.speech.say("Cancel"), "discard", args)
    return Reply((Paragraph(_readers(ctx)), Quote(text), Buttons((tell, cancel))))


def _open_draft(session: Session, ctx: Context, draft: int) -> Reply:
    kept = items.draft(session, ctx, draft, (ctx.command.name,))
    numbers = [int(one) for one in kept.args.get("numbers", "").split()]
    text = kept.args["text"]
    prompts.drop(session, kept)
    return open_together(session, ctx, numbers, text)


def open_together(session: Session, ctx: Context, numbers: Sequence[int], text: str) -> Reply:
    """Make a problem a known issue, with the others joined to it.

    Args:
        numbers: the problems; without any, a new one is filed.
        text: what everybody is told.
    """
    chosen = [_find_open(session, ctx, one) for one in numbers] or [_file(session, ctx, text)]
    # An item for everyone cannot be joined to one for the team only.
    chosen.sort(key=lambda one: one.audience is not Audience.EVERYONE)
    to, *same = {one.id: one for one in chosen}.values()
    groups.hold(session, to, *same)
    joined = [line for one in same for line in _join(session, ctx, one, to)]
    told = incidents.open_incident(session, ctx, to, text, actor(session, ctx, to))
    done = ctx.speech.say("#{number} is a known issue now.", number=to.number)
    words = f"{done} {will_be_told(ctx.speech, told)}"
    over = Button(ctx.speech.say("It is over"), ctx.command.name, _over(to))
    return Reply((Paragraph(words), *joined, Buttons((over,))))


def _file(session: Session, ctx: Context, text: str) -> Feedback:
    """File a problem without an author, for everyone."""
    item = NewItem(
        community_id=ctx.community.id,
        kind=Kind.PROBLEM,
        audience=Audience.EVERYONE,
        language=ctx.core.detector.detect(text, ctx.speech.language),
        text=text,
        created_at=ctx.now,
        changed_at=ctx.now,
    )
    feedback.add(session, item)
    return session.get_one(Feedback, item.id)


def _join(session: Session, ctx: Context, item: Feedback, to: Feedback) -> tuple[Block, ...]:
    """Join a problem to the known issue; returns a sentence on what was done."""
    numbers = {"number": item.number, "to": to.number}
    try:
        entries = joins.join(session, item, to, ctx.person(session), ctx.now)
    except joins.Unjoinable:
        return (Paragraph(ctx.speech.say("#{number} could not be joined to #{to}.", **numbers)),)
    tell_joined(session, ctx, to, entries)
    return (Paragraph(ctx.speech.say("#{number} is joined to #{to}.", **numbers)),)


def _close(session: Session, ctx: Context, number: int | None, text: str) -> Reply:
    running = stored.running(session, ctx.community.id)
    if number is None and len(running) == 1:
        number = running[0][1].number
    if number is None:
        return _list(session, ctx)
    item = groups.target(session, find(session, ctx, number))
    groups.hold(session, item)
    if not (items.is_open(item) and stored.close(session, item.id, ctx.now)):
        raise Outdated(ctx.speech.say("#{number} is no known issue that goes on.", number=number))
    return Reply(decide(session, ctx, item, Status.RESOLVED, text))


def _list(session: Session, ctx: Context) -> Reply:
    running = stored.running(session, ctx.community.id)
    if not running:
        words = ctx.speech.say("There is no known issue. /incident 12, or words, tells people about one.")
        return say(words)
    label = ctx.speech.say("It is over")
    rows = [
        Row(
            (Strong(f"#{item.number}"), f" {excerpt(one.text, 120)}"),
            Button(f"{label}: #{item.number}", ctx.command.name, _over(item)),
        )
        for one, item in running
    ]
    return Reply((Paragraph(ctx.speech.say("Known issues that go on:")), *rows))


def _over(item: Feedback) -> dict[str, str]:
    return {"number": str(item.number), "action": IncidentAction.OVER.value}
