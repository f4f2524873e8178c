"""Tells which answers no longer hold, by the day in the community's zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from storage.answers import knowledge
from storage.engine.loading import one_by_id
from storage.models import Community
from storage.values import frozen


@frozen
class Terms:
    """The terms of a community's answers at an instant.

    Attributes:
        over: the ids of answers whose last day is over.
        next: the instant from which a further one is; None for none.
    """

    over: frozenset[int]
    next: datetime | None


def read(session: Session, community_id: int, now: datetime) -> Terms:
    """Read the terms of a community's answers."""
    known = knowledge.last_days(session, community_id)
    if not known:
        return Terms(frozenset(), None)
    zone = ZoneInfo(one_by_id(session, Community, community_id).timezone)
    today = now.astimezone(zone).date()
    ahead = [until for until in known.values() if until >= today]
    over = frozenset(own for own, until in known.items() if until < today)
    return Terms(over, _end(min(ahead), zone) if ahead else None)


def _end(day: date, zone: ZoneInfo) -> datetime | None:
    """The first instant after a day; None after the last one of the calendar."""
    if day == date.max:
        return None
    return datetime.combine(day + timedelta(days=1), time(), zone)
