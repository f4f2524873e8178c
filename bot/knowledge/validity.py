"""Tells which answers have expired, by the day in the community's zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from storage.answers import knowledge
from storage.engine.loading import one_by_id
from storage.models import Community
from storage.values import frozen


@frozen
class Validity:
    """Which of a community's answers have expired at an instant.

    Attributes:
        expired: the ids of answers whose last day is over.
        next_expiry: the instant at which a further answer expires; None for none.
    """

    expired: frozenset[int]
    next_expiry: datetime | None


def read(session: Session, community_id: int, now: datetime) -> Validity:
    """Read which of a community's answers have expired."""
    known = knowledge.terms(session, community_id)
    if not known:
        return Validity(frozenset(), None)
    zone = ZoneInfo(one_by_id(session, Community, community_id).timezone)
    today = now.astimezone(zone).date()
    ahead = [until for until in known.values() if until >= today]
    expired = frozenset(own for own, until in known.items() if until < today)
    return Validity(expired, _end(min(ahead), zone) if ahead else None)


def _end(day: date, zone: ZoneInfo) -> datetime | None:
    """The first instant after a day; None after the last day that a date can have."""
    if day == date.max:
        return None
    return datetime.combine(day + timedelta(days=1), time(), zone)
