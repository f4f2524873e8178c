"""Decides on an item: changes its status, and queues the news, which waits until the decision cannot be undone."""

from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import Session

from bot.context import Context
from bot.feedback import items
from bot.feedback.telling.news import will_be_told
from bot.feedback.telling.notices import tell_outcome
from bot.locales.words import Verdict
from bot.ports.reply import Block, Button, Buttons, Paragraph
from storage.items import feedback
from storage.items.desk import decisions
from storage.models import Feedback, History
from storage.vocabulary import Publication, Status

SAYS: Mapping[Status, Verdict] = {
    Status.UNDER_REVIEW: Verdict.REVIEW,
    Status.PLANNED: Verdict.PLANNED,
    Status.IN_PROGRESS: Verdict.IN_PROGRESS,
    Status.HANDLED: Verdict.IN_PROGRESS,
    Status.ON_HOLD: Verdict.ON_HOLD,
    Status.DONE: Verdict.DONE,
    Status.RESOLVED: Verdict.DONE,
    Status.NOT_PLANNED: Verdict.NOT_PLANNED,
    Status.EXISTS: Verdict.EXISTS,
    Status.EXPLAINED: Verdict.ANSWERED,
}
"""The decision by which an item gets each status."""


def decide(session: Session, ctx: Context, item: Feedback, status: Status, reason: str = "") -> tuple[Block, ...]:
    """Change an item's status and queue the news; the item must be locked.

    Returns:
        A sentence on what was done, and buttons to undo it or to tell fewer people.
    """
    before = item.status
    entry, told = change(session, ctx, item, status, reason)
    return (Paragraph(_done(ctx, item, before, told)), *_changes(session, ctx, item, entry))


def change(session: Session, ctx: Context, item: Feedback, status: Status, reason: str) -> tuple[History, int]:
    """Change an item's status and queue the news; returns the history entry, and how many people will be told."""
    entry = feedback.change_status(session, item, status, ctx.person(session), reason, ctx.now)
    return entry, tell_outcome(session, ctx, item, entry)


def take_back_unheard(session: Session, ctx: Context, item: Feedback) -> None:
    """Undo a decision that nobody has been told of, so that only the one that follows is told."""
    made = decisions.recent(session, item, ctx.now - timedelta(seconds=ctx.own.undo))
    if made is not None:
        decisions.take_back(session, item, made, ctx.now)


def undo_button(ctx: Context, item: Feedback, entry: History) -> Button:
    """The button that undoes a decision."""
    return Button(ctx.speech.say("Undo"), "undo", _made(item, entry))


def _changes(session: Session, ctx: Context, item: Feedback, entry: History) -> tuple[Buttons, ...]:
    """The buttons for as long as a decision can be undone; empty if the settings allow no time for that."""
    if not ctx.own.undo:
        return ()
    say_, made = ctx.speech.say, _made(item, entry)
    fewer = (
        Button(say_("Tell only the author"), "narrow", {**made, "author": "1"}),
        Button(say_("Tell only supporters"), "narrow", {**made, "author": "0"}),
    )
    both = all(decisions.told(session, item, entry))
    wording = () if entry.note else _adding(ctx, item, entry)
    return (Buttons((undo_button(ctx, item, entry), *(fewer if both else ()), *wording)),)


def _adding(ctx: Context, item: Feedback, entry: History) -> tuple[Button, ...]:
    """The button that adds words or a link to a decision; empty for praise."""
    verdict = SAYS.get(item.status)
    if verdict is None:
        return ()
    linked = item.status in (Status.DONE, Status.RESOLVED)
    label = ctx.speech.say("Add a link") if linked else ctx.speech.say("Add a reason")
    given = {"number": str(item.number), "verdict": verdict.value, "seen": str(entry.id)}
    return (Button(label, "add_words", given),)


def _made(item: Feedback, entry: History) -> dict[str, str]:
    return {"number": str(item.number), "entry": str(entry.id)}


def _done(ctx: Context, item: Feedback, before: Status, told: int) -> str:
    """The sentences on the new and the former status, how many people will be told, and whether the item is held."""
    speech = ctx.speech
    done = speech.say("#{number} is now {status}.", number=item.number, status=items.state(speech, item))
    new = before in (Status.RECEIVED, item.status)
    changed = () if new else (speech.say("Before: {status}.", status=speech.word(before)),)
    held = (speech.say("It still waits before others see it."),) if item.publication is Publication.HELD else ()
    return " ".join((done, *changed, will_be_told(speech, told), *held))
