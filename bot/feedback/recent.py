"""The feedback a person filed last, to which their next message or button may refer."""

from datetime import timedelta

from sqlmodel import Session

from bot.clock import start_of_day
from bot.context import Context
from bot.feedback import items
from storage.items import feedback
from storage.models import Feedback

RECENT = timedelta(days=1)
"""The largest age of such feedback."""


def latest(session: Session, ctx: Context) -> list[Feedback]:
    """The item this person filed last, while it is recent and open.

    Returns:
        Usually one; several if nameless ones of the same day are among them, since of these only the day is stored.
    """
    if ctx.member is None or not ctx.here:
        return []
    found = feedback.of_author(session, ctx.community.id, ctx.member.id, ctx.marks(ctx.member.id))
    day = start_of_day(found[0].created_at, ctx.zone) if found else ctx.now
    last = [*found[:1], *(item for item in found[1:] if item.nameless and item.created_at == day)]
    return [item for item in last if items.is_open(item) and item.created_at >= ctx.now - RECENT]
