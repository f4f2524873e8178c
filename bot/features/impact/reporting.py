"""The command /impact: the report of a period, how its figures are counted, and the page to forward."""

import asyncio

from sqlmodel import Session

from bot.commands.registry import ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.impact import summary, titles
from bot.features.impact.page import document, recount
from bot.features.impact.picture import picture
from bot.features.impact.titles import Brought
from bot.features.impact.wording import period as words_of
from bot.impact import changes, report
from bot.impact.changes import Changes
from bot.impact.period import NoPeriod, Period, read
from bot.impact.report import Report
from bot.locales.speech import Speech
from bot.ports.reply import Block, Bullets, Button, Buttons, Paragraph, Quote, Reply, Title
from storage.engine.loading import one_by_id
from storage.models import Community

DETAILS = 1
"""The value of `page` for how the figures are counted."""


async def impact(ctx: Context, period: ShortText | None = None, page: Token | None = None) -> Reply:
    """See what listening brought in a period, with a page to forward."""
    chosen = _period(ctx, period or "")
    found, changed = await ctx.read(lambda session: _read(session, ctx, chosen))
    when = words_of(ctx.speech, chosen, ctx.now.astimezone(ctx.zone).date())
    if found.empty:
        return Reply((Paragraph(ctx.speech.say("There is nothing to count in {period}.", period=when)),))
    await asyncio.to_thread(lambda: found.figures)
    return _details(ctx, found, when) if page == DETAILS else await _report(ctx, found, changed, when)


def _period(ctx: Context, text: str) -> Period:
    """Parse a period.

    Raises:
        UserError: the text names none that has begun.
    """
    try:
        return read(text, ctx.now.astimezone(ctx.zone).date())
    except NoPeriod:
        raise UserError(
            ctx.speech.say(
                "Which period? A month such as {month}, a year, “last month” or “90 days”, begun already.",
                month="2026-10",
            )
        ) from None


def _read(session: Session, ctx: Context, period: Period) -> tuple[Report, Changes]:
    own, kept = one_by_id(session, Community, ctx.community.id), ctx.core.settings.retention.sent
    found = report.read(session, own, period, ctx.own.impact, ctx.now, kept)
    return found, changes.read(session, ctx.community.id, found.reach)


async def _report(ctx: Context, found: Report, changed: Changes, when: str) -> Reply:
    told = titles.brought(changed, ctx.speech)
    drawn = await picture(found, when, told, ctx.speech) if ctx.core.settings.pictures else None
    details = Button(ctx.speech.say("How it is counted"), "impact", {"period": found.period.name, "page": str(DETAILS)})
    blocks: tuple[Block, ...] = (
        Title(f"{ctx.speech.say('What listening brought')} · {when}"),
        Bullets(tuple(summary.lines(found, ctx.speech))),
        *_changed(told, ctx.speech),
        *_praised(told, ctx.speech),
        *((drawn,) if drawn else ()),
        document(found, when, told, ctx.speech),
        Buttons((details,)),
    )
    return Reply(blocks)


def _changed(told: Brought, speech: Speech) -> tuple[Block, ...]:
    """The changes, which are in the message, not only in its file, so that an erasure finds the message."""
    if not told.changes and not told.others:
        return ()
    lines = (*map(summary.change, told.changes), *([told.others] if told.others else []))
    return Title(speech.say("What changed because of the community"), 2), Bullets(lines)


def _praised(told: Brought, speech: Speech) -> tuple[Block, ...]:
    if not told.praise:
        return ()
    quotes = (Quote(one.title, one.number) for one in told.praise)
    return Title(speech.say("Praise, quoted with permission"), 2), *quotes


def _details(ctx: Context, found: Report, when: str) -> Reply:
    title = Title(f"{ctx.speech.say('How it is counted')} · {when}")
    lines = Bullets(tuple(summary.counted(found, ctx.speech)))
    return Reply((title, lines, Paragraph(recount(found, ctx.speech))))
