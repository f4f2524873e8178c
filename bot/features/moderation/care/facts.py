"""The owner, due date and notes of an item as its screen shows them to the team; members see none of it."""

from datetime import date

from sqlmodel import Session

from bot.context import Context
from bot.ports.reply import Block, Button, Paragraph, Quote
from storage.items.desk import ownership
from storage.models import Feedback, History
from storage.people import members

SHOWN = 2
"""The number of notes on an item's screen."""


def owner(session: Session, item: Feedback) -> str:
    """The name of the person or team that takes care of an item; empty when nobody does."""
    if item.owner_id is None:
        return item.team or ""
    return members.names(session, {item.owner_id}).get(item.owner_id, "")


def when(ctx: Context, day: date) -> str:
    """A due date, in words."""
    return ctx.speech.dated(day, ctx.now.astimezone(ctx.zone).date())


def notes(session: Session, ctx: Context, item: Feedback, most: int = SHOWN) -> tuple[Block, ...]:
    """The newest notes, each with its day and author, the newest last."""
    found = ownership.notes(session, item)[-most:]
    names = members.names(session, {entry.actor_id for entry in found if entry.actor_id})
    return tuple(block for entry in found for block in _note(ctx, entry, names.get(entry.actor_id or 0, "")))


def buttons(ctx: Context, item: Feedback) -> tuple[Button, ...]:
    """The button that takes an item or, for its owner, gives it back."""
    given = {"number": str(item.number)}
    mine = ctx.member is not None and item.owner_id == ctx.member.id
    return (Button(ctx.speech.say("Give it back"), "release", given) if mine else take_button(ctx, item),)


def take_button(ctx: Context, item: Feedback) -> Button:
    """The button that takes an item; it holds the owner as shown, so that a later change of owner is noticed."""
    given = {"number": str(item.number), "had": str(item.owner_id or 0)}
    return Button(ctx.speech.say("I take it"), "take", given)


def more_buttons(ctx: Context, item: Feedback) -> tuple[Button, ...]:
    """The buttons for the owner, the due date, and the notes."""
    say_, given = ctx.speech.say, {"number": str(item.number)}
    return (
        Button(say_("Hand over"), "assign", given),
        Button(say_("Due date"), "due", given),
        Button(say_("Note"), "note", given),
        Button(say_("What was noted"), "noted", given),
    )


def _note(ctx: Context, entry: History, name: str) -> tuple[Block, ...]:
    day = ctx.speech.day(entry.at.astimezone(ctx.zone).date())
    said = (
        ctx.speech.say("Note of {day}, {name}:", day=day, name=name)
        if name
        else ctx.speech.say("Note of {day}:", day=day)
    )
    return Paragraph(said), Quote(entry.note)
