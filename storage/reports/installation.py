"""Stores the state of the machine: when its clock was last trusted, and since when its disk is nearly full."""

from datetime import datetime

from sqlmodel import Session

from storage.engine.loading import change, one_by_id
from storage.models import Installation

OWN = 1
"""The id of the single row."""


def seen_at(session: Session) -> datetime | None:
    """The last instant at which the clock was trusted; None if never."""
    return one_by_id(session, Installation, OWN).seen_at


def see(session: Session, now: datetime) -> None:
    """Store that the clock is trusted at this instant."""
    change(session, one_by_id(session, Installation, OWN), seen_at=now)


def low_since(session: Session) -> datetime | None:
    """Since when the disk is nearly full; None when it is not."""
    return one_by_id(session, Installation, OWN).low_since


def mark_low(session: Session, since: datetime | None) -> None:
    """Store since when the disk is nearly full; None when it is not."""
    session.get_one(Installation, OWN).low_since = since
