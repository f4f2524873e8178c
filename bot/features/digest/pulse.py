"""The command /pulse: the figures of the last seven days, in three lines and a picture."""

from datetime import timedelta

from sqlmodel import Session

from bot.context import Context
from bot.features.digest.data import ALARMS_DAYS, PATIENCE, DigestData, Window
from bot.features.digest.gather import gather, week_until
from bot.features.digest.picture import drawing, picture
from bot.features.digest.words.headline import backlog, headline
from bot.features.digest.words.wording import people
from bot.locales.speech import Speech
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply, Strong, Weight
from bot.themes import Overview, read_overview
from storage.engine.loading import one_by_id
from storage.models import Community
from storage.reports import turnout
from storage.reports.reporting import Count

RECENT = timedelta(hours=24)


async def pulse(ctx: Context) -> Reply:
    """See in three lines how things stand now."""
    async with drawing(ctx.core) as draw:
        week = week_until(ctx.now + timedelta(seconds=1), ctx.zone)
        found = await read_overview(ctx.core, ctx.community, week.since, week.until, speech=ctx.speech)
        data, lately = await ctx.read(lambda session: _read(session, ctx, week, found))
        shown = await picture(data, ctx.speech, draw)
    lines = (
        Paragraph((Strong(headline(data, ctx.speech)),)),
        Paragraph(_lately(ctx.speech, lately, data)),
        *(() if data.empty else (Paragraph(backlog(data, ctx.speech)),)),
        *_false_alarms(ctx.speech, data),
    )
    decide = Button(ctx.speech.say("Decide"), "queue", weight=Weight.PRIMARY)
    below = (Buttons((decide,)),) if data.waiting_total else ()
    return Reply((*lines, *((shown,) if shown else ()), *below), private=True)


def _read(session: Session, ctx: Context, week: Window, found: Overview) -> tuple[DigestData, Count]:
    """The figures of the last seven days, and the messages and people of the last day."""
    own = one_by_id(session, Community, ctx.community.id)
    data = gather(session, own, week, patience=ctx.own.answer_days or PATIENCE, found=found)
    return data, turnout.total(session, own.id, week.until - RECENT, week.until, asking=True)


def _false_alarms(speech: Speech, data: DigestData) -> tuple[Block, ...]:
    """The number of false alarms, by which moderators see whether alerts are worth reading; empty for none."""
    if not data.false_alarms:
        return ()
    words = speech.count(
        "{n} false alarm in {days} days.", "{n} false alarms in {days} days.", data.false_alarms, days=ALARMS_DAYS
    )
    return (Paragraph(words),)


def _lately(speech: Speech, lately: Count, data: DigestData) -> str:
    messages = speech.count("{n} message", "{n} messages", lately.messages)
    known = {"messages": messages, "people": people(speech, lately.people)}
    said = speech.say("In the last 24 hours: {messages}, {people}.", **known)
    said = said if lately.messages else speech.say("In the last 24 hours: nothing.")
    if not data.unanswered:
        return said
    unanswered = speech.count("{n} question has no answer.", "{n} questions have no answer.", len(data.unanswered))
    return f"{said} {unanswered}"
