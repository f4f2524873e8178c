"""Shows what the team and an item's author wrote to each other, to each of the two."""

from datetime import datetime

from sqlmodel import Session

from bot.context import Context
from bot.locales.speech import Speech
from bot.ports.reply import Block, Button, Paragraph, Quote, Weight
from storage.items.desk import exchanges
from storage.items.feedback import AnyItem
from storage.models import Feedback, History
from storage.vocabulary import Action

MOST = 6
"""The largest number of turns shown to an item's author; a moderator is shown the last two."""


def last_turns(session: Session, ctx: Context, item: Feedback) -> tuple[Block, ...]:
    """The last question and answer, for the team, and until when the item is out of the queue."""
    turns = exchanges.turns(session, item)
    blocks = [block for entry in turns[-2:] for block in _for_team(ctx, entry)]
    last = turns[-1] if turns else None
    if last is None or last.action is not Action.ASKED or last.at <= ctx.now - exchanges.SNOOZE:
        return tuple(blocks)
    until = ctx.speech.say("Out of the queue until its author answers, or until {day}.", day=last_day(ctx, last.at))
    return (*blocks, Paragraph(until))


def own_turns(session: Session, ctx: Context, item: Feedback) -> tuple[Block, ...]:
    """The last questions and answers, for the item's author."""
    return tuple(block for entry in exchanges.turns(session, item)[-MOST:] for block in _for_author(ctx, entry))


def answer_button(speech: Speech, item: AnyItem) -> Button:
    """The button by which an item's author answers the team."""
    return Button(speech.say("Answer"), "reply", {"number": str(item.number)}, weight=Weight.PRIMARY)


def last_day(ctx: Context, asked: datetime) -> str:
    """The day on which an item comes back into the queue without an answer, in words."""
    return ctx.speech.day((asked + exchanges.SNOOZE).astimezone(ctx.zone).date())


def _for_team(ctx: Context, entry: History) -> tuple[Block, ...]:
    day = _day(ctx, entry)
    if entry.action is Action.ASKED:
        return _said(ctx.speech.say("Its author was asked on {day}:", day=day), entry)
    return _said(ctx.speech.say("Its author wrote on {day}:", day=day), entry)


def _for_author(ctx: Context, entry: History) -> tuple[Block, ...]:
    day = _day(ctx, entry)
    if entry.action is Action.ASKED:
        return _said(ctx.speech.say("The team asked on {day}:", day=day), entry)
    return _said(ctx.speech.say("You wrote on {day}:", day=day), entry)


def _said(words: str, entry: History) -> tuple[Block, ...]:
    """The words of a turn; none when they were erased."""
    return (Paragraph(words), Quote(entry.note)) if entry.note else ()


def _day(ctx: Context, entry: History) -> str:
    return ctx.speech.day(entry.at.astimezone(ctx.zone).date())
