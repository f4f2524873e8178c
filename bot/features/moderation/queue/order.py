"""Finds the next item of the queue, with the present filters."""

from datetime import datetime

from sqlmodel import Session

from bot.context import Context
from bot.features.moderation.queue.filters import kept
from storage.items import feedback
from storage.items.desk import backlog, exchanges
from storage.models import Feedback

AT_ONCE = 200
"""The number of items read at once when their words are compared."""


def next_item(session: Session, ctx: Context, after: int | None) -> Feedback | None:
    """The item after the one with this number, or the first one after the last; None when there is none."""
    place = feedback.by_number(session, ctx.community.id, after) if after else None
    found = _after(session, ctx, place)
    return found if found or place is None else _after(session, ctx, None)


def unasked_since(ctx: Context) -> datetime:
    """The instant since which an item whose author was asked is left out of the queue."""
    return ctx.now - exchanges.SNOOZE


def _after(session: Session, ctx: Context, place: Feedback | None) -> Feedback | None:
    filters = kept(ctx)
    teams = backlog.teams(session, ctx.community.id) if filters.names_team else ()
    wanted, most = filters.wanted(ctx, teams), AT_ONCE if filters.compares else 1
    while rows := backlog.waiting(session, ctx.community.id, most, place, unasked_since(ctx), wanted):
        found = next((item for item, _ in rows if filters.fits(item)), None)
        if found or len(rows) < most:
            return found
        place = rows[-1][0]
    return None
