"""Stores what is known of the machine: until when its clock was trusted, and whether its disk has little room."""

from datetime import datetime

from sqlmodel import Session

from storage.engine.loading import change, one_by_id
from storage.models import Installation

OWN = 1
"""The id of the single row."""


def seen_at(session: Session) -> datetime | None:
    """The last instant at which the clock was trusted; None before the first."""
    return one_by_id(session, Installation, OWN).seen_at


def see(session: Session, now: datetime) -> None:
    """Store that the clock is trusted at this instant."""
    change(session, one_by_id(session, Installation, OWN), seen_at=now)


def low_since(session: Session) -> datetime | None:
    """Since when the disk has little room; None when it has enough."""
    return one_by_id(session, Installation, OWN).low_since


def mark_low(session: Session, since: datetime | None) -> None:
    """Store since when the disk has little room, or None."""
    session.get_one(Installation, OWN).low_since = since
