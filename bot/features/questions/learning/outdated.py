"""Shows moderators the expired answers, which have passed their last day and are only offered."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.features.questions.learning.held import change
from bot.knowledge import validity
from bot.language.text.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply, Title
from storage.answers import knowledge
from storage.models import Answer

MOST = 5
"""The largest number of answers shown at once."""


async def outdated(ctx: Context) -> tuple[Block, ...]:
    """The expired answers, each with buttons; empty when there are none."""
    found = await ctx.read(lambda session: over(session, ctx.community.id, ctx.now))
    heading = Title(ctx.speech.say("No longer given, since their time is over"), 2)
    return (heading, *listed(ctx.speech, found, ctx.now.astimezone(ctx.zone).date())) if found else ()


def over(session: Session, community_id: int, now: datetime) -> list[tuple[Answer, str]]:
    """The expired answers of a community, each with its first phrasing."""
    ended = sorted(validity.read(session, community_id, now).expired)
    return [found for own in ended if (found := knowledge.get(session, own)) and found[0].text]


def listed(speech: Speech, over: Sequence[tuple[Answer, str]], today: date) -> Iterator[Block]:
    """A list of expired answers with their last days, each with buttons."""
    for answer, asked in over[:MOST]:
        if answer.valid_until:
            day = speech.dated(answer.valid_until, today)
            yield Paragraph(speech.say("{question} · until {day}", question=excerpt(asked, 120), day=day))
        args = {"answer": str(answer.id)}
        holds = Button(speech.say("It still holds"), "prolong", args)
        yield Buttons((holds, Button(speech.say("Take it out"), "drop", args)))
    if len(over) > MOST:
        yield Paragraph(speech.count("… and {n} more", "… and {n} more", len(over) - MOST))


async def prolong(ctx: Context, answer: Token) -> Reply:
    """Give an answer again whose last day is over, without an end."""

    def job(session: Session) -> Reply:
        before, _ = change(session, ctx, answer, lambda entry: replace(entry, valid_until=None))
        return Reply(tuple(_told(ctx, before.source)))

    return await ctx.settle(job)


def _told(ctx: Context, source: str) -> Iterator[Block]:
    yield Paragraph(ctx.speech.say("The bot gives this answer again, without an end."))
    if source:
        words = ctx.speech.say("Its file still names the old day: unless that is changed, the next reading ends it.")
        yield Paragraph(words)
