"""Undoes decisions on several items, or narrows whom they are told to, before anybody has been told."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlmodel import Session

from bot.commands.registry import ShortText, Token
from bot.context import Context
from bot.features.moderation.outcomes import several
from bot.features.moderation.outcomes.plan import Plan, left_out
from bot.features.moderation.queue.finding import find
from bot.feedback import items
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling.news import will_be_told
from bot.ports.reply import Block, Bullets, Button, Buttons, Line, Paragraph, Reply, Strong
from storage.items import feedback
from storage.items.desk import decisions
from storage.models import Feedback, History


def undo_buttons(
    session: Session, ctx: Context, changed: Sequence[Feedback], made: Sequence[History | None]
) -> Buttons:
    """The buttons that undo all, tell fewer people, or go on in the queue.

    Args:
        changed: the items.
        made: the history entry of each item's decision; None where there is nothing to undo.
    """
    entries = [(item, entry) for item, entry in zip(changed, made, strict=True) if entry is not None]
    chosen = {"chosen": " ".join(f"{item.number}:{entry.id}" for item, entry in entries)}
    undoing = (Button(ctx.speech.say("Undo"), "undo_all", chosen), *_fewer(session, ctx, entries, chosen))
    onward = Button(ctx.speech.say("Next"), "queue")
    return Buttons((*(undoing if ctx.own.undo and entries else ()), onward))


def _fewer(
    session: Session, ctx: Context, entries: Sequence[tuple[Feedback, History]], chosen: dict[str, str]
) -> Iterator[Button]:
    """The buttons that tell only the authors, or only the others, if both are to be told."""
    told = [decisions.told(session, item, entry) for item, entry in entries]
    if any(authors for authors, _ in told) and any(others for _, others in told):
        yield Button(ctx.speech.say("Tell only the author"), "narrow_all", {**chosen, "author": "1"})
        yield Button(ctx.speech.say("Tell only supporters"), "narrow_all", {**chosen, "author": "0"})


async def undo_all(ctx: Context, chosen: ShortText) -> Reply:
    """Undo decisions made at once, before anybody hears of them."""
    # chosen: pairs of a number and the id of the decision's history entry.
    return await ctx.settle(lambda session: _undo_all(session, ctx, several.pairs(chosen)))


async def narrow_all(ctx: Context, chosen: ShortText, author: Token) -> Reply:
    """Let decisions made at once be told to the authors alone, or to the others alone."""
    # chosen: as of undo_all. author: 1 for the authors alone, 0 for those who support or follow.
    return await ctx.settle(lambda session: _narrow_all(session, ctx, several.pairs(chosen), authors=bool(author)))


def _undo_all(session: Session, ctx: Context, pairs: Sequence[tuple[int, int]]) -> Reply:
    made, left = _held(session, ctx, pairs)
    undone = tuple(_undo(session, ctx, item, entry) for item, entry in made)
    done: tuple[Block, ...] = (Paragraph(ctx.speech.say("Undone; nobody hears of it:")), Bullets(undone))
    onward = Buttons((Button(ctx.speech.say("Next"), "queue"),))
    return Reply((*(done if undone else ()), *left_out(ctx, Plan((), left)), onward))


def _undo(session: Session, ctx: Context, item: Feedback, entry: History) -> Line:
    """Undo one decision; returns a line with the item's status."""
    decisions.take_back(session, item, entry, ctx.now)
    status = items.state(ctx.speech, item)
    return ctx.speech.line("{number} is {status} again.", number=Strong(f"#{item.number}"), status=status)


def _narrow_all(session: Session, ctx: Context, pairs: Sequence[tuple[int, int]], *, authors: bool) -> Reply:
    made, left = _held(session, ctx, pairs)
    speech = ctx.speech
    others = speech.say("Only those who support or follow it are told.")
    who = Paragraph(speech.say("Only the author is told.") if authors else others)
    listed = Bullets(tuple(_narrow(session, ctx, item, entry, authors=authors) for item, entry in made))
    after = (
        undo_buttons(session, ctx, [one for one, _ in made], [entry for _, entry in made])
        if made
        else Buttons((Button(speech.say("Next"), "queue"),))
    )
    return Reply((*((who, listed) if made else ()), *left_out(ctx, Plan((), left)), after))


def _narrow(session: Session, ctx: Context, item: Feedback, entry: History, *, authors: bool) -> Line:
    """Tell one decision to fewer people; returns a line on how many still are."""
    told = decisions.tell_only(session, item, entry, authors=authors)
    return (Strong(f"#{item.number}"), f" · {will_be_told(ctx.speech, told)}")


def _held(
    session: Session, ctx: Context, pairs: Sequence[tuple[int, int]]
) -> tuple[list[tuple[Feedback, History]], tuple[str, ...]]:
    """Lock the items of these decisions; returns those nobody has been told of, and why the others are left out."""
    found: list[tuple[Feedback, History]] = []
    left: list[str] = []
    for number, entry in sorted(pairs):
        try:
            found.append(_hold(session, ctx, number, entry))
        except Outdated as why:
            left.append(str(why))
    return found, tuple(left)


def _hold(session: Session, ctx: Context, number: int, entry: int) -> tuple[Feedback, History]:
    """Lock an item, and return it with the history entry of its last decision.

    Args:
        entry: the id of that entry.

    Raises:
        Outdated: people may have been told of it, or it is not the last decision.
    """
    item = find(session, ctx, number)
    feedback.hold(session, item)
    word = items.status_word(ctx.speech, item)
    if feedback.last_decision(session, item) != entry:
        raise Outdated(
            ctx.speech.say(
                "#{number} stays as it is ({status}): it was undone or decided on anew.", number=number, status=word
            )
        )
    made = decisions.recent(session, item, ctx.now - timedelta(seconds=ctx.own.undo))
    if made is None:
        raise Outdated(
            ctx.speech.say("#{number} stays as it is ({status}): it is too late.", number=number, status=word)
        )
    return item, made
