"""Takes rows of the outbox where processes share the store, and what a stopped process left."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from storage.engine.leases import process_numbers
from storage.models import Outbox
from storage.traffic import deliveries


def take_over(session: Session, now: datetime) -> None:
    """Make due what the last run left; only where no other process uses the store."""
    deliveries.release(session, now)
    deliveries.resume(session, now)


def take(session: Session, now: datetime, most: int, busy: Collection[int]) -> list[Outbox]:
    """The rows that are due, at most so many, with a lease for this process; without those it has in memory."""
    running = process_numbers(session)
    deliveries.resume(session, now, running)
    return deliveries.take(session, now, most, busy, running)
