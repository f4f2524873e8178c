"""The commands that set an answer's tags and its last day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from bot.commands.registry import ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions.learning import holdings
from bot.features.questions.learning.held import change, find, tags_of
from bot.knowledge.sources import values
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply
from storage.answers.knowledge import Entry

MOST_CHARACTERS = 40
"""The largest number of characters of a tag."""
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
"""The formats in which a day may be typed."""


async def file_under(ctx: Context, answer: Token, tags: ShortText | None = None, none: Token | None = None) -> Reply:
    """File an answer under tags, or under none."""
    if tags is None and not none:
        held, _ = await ctx.read(lambda session: find(session, ctx, answer))
        now = ", ".join(tags_of(held))
        clear = Button(ctx.speech.say("No tags"), "file_under", {"answer": str(answer), "none": "1"})
        asked = ctx.speech.say("Which tags, with commas between them?")
        return await ctx.ask(
            asked, "tags", ready=(clear,) if now else (), filled={"tags": now}, chosen=(now,) if now else ()
        )
    new = tuple(one[:MOST_CHARACTERS].strip() for one in values.tags((tags or "").replace("#", " ")))
    done = ctx.speech.say("Filed under: {tags}", tags=", ".join(new)) if new else ctx.speech.say("Without tags now.")

    def job(session: Session) -> Reply:
        before, number = change(session, ctx, answer, lambda entry: replace(entry, tags=new))
        return holdings.show(session, ctx, answer, *_told(ctx, done, before, number))

    return await ctx.settle(job)


async def hold_until(ctx: Context, answer: Token, end: ShortText | None = None, none: Token | None = None) -> Reply:
    """Say until which day an answer holds; afterwards the bot no longer gives it by itself."""
    if end is None and not none:
        held, _ = await ctx.read(lambda session: find(session, ctx, answer))
        now = held.valid_until.isoformat() if held.valid_until else ""
        clear = Button(ctx.speech.say("Without an end"), "hold_until", {"answer": str(answer), "none": "1"})
        asked = ctx.speech.say("What is the last day on which it holds, such as 31/03/2027?")
        return await ctx.ask(asked, "end", ready=(clear,) if now else (), filled={"end": now} if now else {})
    until = _read_day(ctx, end) if end else None
    done = (
        ctx.speech.say("Holds until {day}.", day=ctx.speech.dated(until, ctx.now.astimezone(ctx.zone).date()))
        if until
        else ctx.speech.say("Holds without an end.")
    )

    def job(session: Session) -> Reply:
        before, number = change(session, ctx, answer, lambda entry: replace(entry, valid_until=until))
        return holdings.show(session, ctx, answer, *_told(ctx, done, before, number))

    return await ctx.settle(job)


def _read_day(ctx: Context, words: str) -> date:
    """Parse a day.

    Raises:
        UserError: it is in none of the formats.
    """
    for layout in DAYS:
        try:
            return datetime.strptime(words.strip(), layout).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise UserError(ctx.speech.say("That is no day such as 31/03/2027."))


def _told(ctx: Context, done: str, before: Entry, number: int | None) -> Iterator[Block]:
    yield Paragraph(done)
    if before.source:
        yield Paragraph(
            ctx.speech.say("Its file says otherwise: unless that is changed, the next reading undoes this.")
        )
    if number is not None:
        yield Buttons((Button(ctx.speech.say("Take it back"), "unkeep", {"change": str(number)}),))
