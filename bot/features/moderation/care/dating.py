"""The command that sets the due date of an item."""

from datetime import date, timedelta

from sqlmodel import Session

from bot.commands.registry import Number, ShortText
from bot.context import Context
from bot.errors import UserError
from bot.features.moderation.care import dates
from bot.features.moderation.care.facts import when
from bot.features.moderation.queue.finding import actor, find, hold
from bot.features.moderation.queue.triage import show_item
from bot.feedback import items
from bot.language.text.normalise import fold
from bot.ports.reply import Button, Paragraph, Reply
from storage.items.desk import ownership
from storage.models import Feedback

NONE = frozenset({"none", "never", "no date", "nothing", "aucune", "aucun", "jamais", "sans date", "pas de date"})
FARTHEST = timedelta(days=3 * 366)


async def due(ctx: Context, number: Number, day: ShortText | None = None) -> Reply:
    """Set the day on which feedback is to be dealt with; members do not see it."""
    if day is None:
        await ctx.read(lambda session: find(session, ctx, number))
        asked = ctx.speech.say("By when? Such as friday, in 2 weeks or 4 December.")
        return await ctx.ask(asked, "day", ready=_ready(ctx, number))
    meant = None if fold(day).strip(" .!") in NONE else _read(ctx, day)

    def job(session: Session) -> Reply:
        item = hold(session, ctx, number)
        if meant is not None and not items.is_open(item):
            word = items.status_word(ctx.speech, item)
            closed = ctx.speech.say("#{number} is closed ({status}): it needs no due date.", number=number, status=word)
            raise UserError(closed)
        by = actor(session, ctx, item)
        ownership.set_due(session, item, meant, by, ctx.time_of(nameless=by is None))
        return show_item(session, ctx, item, Paragraph(_done(ctx, item)))

    return await ctx.settle(job)


def _read(ctx: Context, text: str) -> date:
    """Parse a due date.

    Raises:
        UserError: it is no day, past, or more than three years away.
    """
    today = ctx.now.astimezone(ctx.zone).date()
    found = dates.read(text, today)
    if found is None or found - today > FARTHEST:
        words = ctx.speech.say(
            "“{text}” is no day to come that can be read here. These are: friday, in 2 weeks, 4 December.",
            text=text.strip()[:40],
        )
        raise UserError(words)
    return found


def _ready(ctx: Context, number: int) -> tuple[Button, ...]:
    """Common due dates, and none, as buttons."""
    say_ = ctx.speech.say
    labels = (
        (say_("In a week"), "in 1 week"),
        (say_("In 2 weeks"), "in 2 weeks"),
        (say_("In a month"), "in 1 month"),
        (say_("No date"), "none"),
    )
    return tuple(Button(label, "due", {"number": str(number), "day": day}) for label, day in labels)


def _done(ctx: Context, item: Feedback) -> str:
    if item.due_on is None:
        return ctx.speech.say("#{number} has no due date now.", number=item.number)
    return ctx.speech.say("#{number} is due on {day}.", number=item.number, day=when(ctx, item.due_on))
