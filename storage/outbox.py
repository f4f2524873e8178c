"""What the bot owes: written in the transaction of its cause, delivered afterwards."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select, update

from storage.models import Outbox, Place
from storage.unique import insert_once
from storage.vocabulary import Delivery


def owe(
    session: Session,
    dedupe_key: str,
    payload: dict[str, Any],
    now: datetime,
    *,
    place_id: int | None = None,
    recipient_id: int | None = None,
    feedback_id: int | None = None,
) -> Outbox | None:
    """Owe a message to a place, a person, or the sealed author of an item; the same key is owed once.

    Returns:
        The row, or None when it was owed already.
    """
    row = Outbox(
        dedupe_key=dedupe_key,
        payload=payload,
        place_id=place_id,
        recipient_id=recipient_id,
        feedback_id=feedback_id,
        created_at=now,
        next_at=now,
    )
    return insert_once(session, row)


def due(session: Session, now: datetime, most: int = 50) -> list[Outbox]:
    """What waits to be delivered now, the oldest first."""
    query = (
        select(Outbox)
        .where(Outbox.state == Delivery.WAITING, Outbox.next_at <= now)
        .order_by(col(Outbox.id))
        .limit(most)
    )
    return list(session.exec(query))


def sent(session: Session, row_id: int, now: datetime) -> None:
    """Mark a delivery made; its words are dropped."""
    row = session.get(Outbox, row_id)
    if row:
        row.state, row.sent_at, row.payload, row.error = Delivery.SENT, now, None, ""


def held(session: Session, row_id: int, until: datetime, why: str) -> None:
    """Look at a delivery again later; it was not attempted."""
    row = session.get(Outbox, row_id)
    if row:
        row.next_at, row.error = until, why


def waiting_for_places(session: Session, community_id: int) -> list[Outbox]:
    """What a community's places have not been sent yet."""
    query = select(Outbox).join(Place, col(Place.id) == col(Outbox.place_id))
    return list(session.exec(query.where(Place.community_id == community_id, Outbox.state == Delivery.WAITING)))


def postponed(session: Session, row_id: int, until: datetime, why: str) -> None:
    """Try a delivery again later."""
    row = session.get(Outbox, row_id)
    if row:
        row.attempts += 1
        row.next_at, row.error = until, why


def failed(session: Session, row_id: int, why: str) -> None:
    """Give a delivery up; the reason stays, the words do not."""
    row = session.get(Outbox, row_id)
    if row:
        row.state, row.payload, row.error = Delivery.FAILED, None, why


def readdress(session: Session, feedback_id: int, old: int | None, new: int | None) -> None:
    """Send what is owed about an item to another: a person, or its sealed author (None); sent rows forget a person."""
    rows = update(Outbox).where(col(Outbox.feedback_id) == feedback_id, col(Outbox.place_id).is_(None))
    theirs = rows.where(col(Outbox.recipient_id).is_(None) if old is None else col(Outbox.recipient_id) == old)
    session.exec(theirs.values(recipient_id=new))
