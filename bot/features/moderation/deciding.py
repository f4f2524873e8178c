"""Decides on an item: changes its status, and tells who is concerned after a while in which that can be undone."""

from datetime import timedelta

from sqlmodel import Session

from bot.context import Context
from bot.feedback import items
from bot.feedback.notices import tell_outcome
from bot.ports.reply import Block, Button, Buttons, Paragraph
from storage.items import decisions, feedback
from storage.models import Feedback, History
from storage.vocabulary import Publication, Status


def decide(session: Session, ctx: Context, item: Feedback, status: Status, reason: str = "") -> tuple[Block, ...]:
    """Change an item's status, and queue the news; the item must be locked.

    Returns:
        What was done, in words, with the buttons that undo it or tell fewer people.
    """
    before = item.status
    entry = feedback.change_status(session, item, status, ctx.person(session), reason, ctx.now)
    told = tell_outcome(session, ctx, item, entry)
    return (Paragraph(_done(ctx, item, before, told)), *_changes(session, ctx, item, entry))


def take_back_unheard(session: Session, ctx: Context, item: Feedback) -> None:
    """Take back a decision that nobody has heard of: with another one, only that is told."""
    made = decisions.recent(session, item, ctx.now - timedelta(seconds=ctx.own.undo))
    if made is not None:
        decisions.take_back(session, item, made, ctx.now)


def undo_button(ctx: Context, item: Feedback, entry: History) -> Button:
    """The button that undoes a decision."""
    return Button(ctx.speech.say("Undo"), "undo", _made(item, entry))


def _changes(session: Session, ctx: Context, item: Feedback, entry: History) -> tuple[Buttons, ...]:
    """The buttons for the time in which nobody hears of a decision; none without such a time."""
    if not ctx.own.undo:
        return ()
    say_, made = ctx.speech.say, _made(item, entry)
    fewer = (
        Button(say_("Tell only the author"), "narrow", {**made, "author": "1"}),
        Button(say_("Tell only supporters"), "narrow", {**made, "author": "0"}),
    )
    both = all(decisions.told(session, item, entry))
    return (Buttons((undo_button(ctx, item, entry), *(fewer if both else ()))),)


def _made(item: Feedback, entry: History) -> dict[str, str]:
    return {"number": str(item.number), "entry": str(entry.id)}


def _done(ctx: Context, item: Feedback, before: Status, told: int) -> str:
    """The sentences on the new status, the former one, how many people will be told, and that it still waits."""
    speech = ctx.speech
    done = speech.say("#{number} is now {status}.", number=item.number, status=items.status_word(speech, item))
    changed = (speech.say("Before: {status}.", status=speech.word(before)),) if before is not Status.RECEIVED else ()
    heard = speech.count("{n} person will be told.", "{n} people will be told.", told)
    heard = heard if told else speech.say("Nobody to tell.")
    held = (speech.say("It still waits before others see it."),) if item.publication is Publication.HELD else ()
    return " ".join((done, *changed, heard, *held))
