"""Deliveries of what the outbox holds: which are due, and what became of each attempt."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Delete, Update, bindparam
from sqlalchemy import delete as sa_delete
from sqlalchemy import update as sa_update
from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from storage import conditions
from storage.engine.unique import table_of
from storage.models import Outbox
from storage.outbox import LEASE
from storage.vocabulary import Delivery


def due(session: Session, now: datetime, most: int = 50, skip: Collection[int] = ()) -> list[Outbox]:
    """What waits to be delivered now, the oldest first.

    Args:
        skip: the rows that are being delivered.
    """
    query = _waiting(now, most)
    return list(session.exec(query.where(col(Outbox.id).not_in(skip)) if skip else query))


def take(session: Session, now: datetime, most: int, skip: Collection[int]) -> list[Outbox]:
    """What is due, for this process alone: of several that look at once, each gets other rows."""
    rows = list(session.exec(_waiting(now, most).where(col(Outbox.id).not_in(skip)).with_for_update(skip_locked=True)))
    for row in rows:
        row.next_at = now + LEASE
    session.flush()
    return rows


def release(session: Session, now: datetime) -> None:
    """Let answers that a stopped process had leased be delivered now: for a database that only one process serves."""
    leased = update(Outbox).where(col(Outbox.state) == Delivery.WAITING, col(Outbox.next_at) <= now + LEASE)
    session.exec(leased.where(col(Outbox.sealed).is_not(None), col(Outbox.next_at) > now).values(next_at=now))


def get(session: Session, row_id: int) -> Outbox | None:
    """A row, or None when it is gone, as after an erasure."""
    return session.get(Outbox, row_id)


def all_sent(session: Session, at: Mapping[int, datetime]) -> None:
    """Mark deliveries made: their words are dropped, and answers, which nobody counts, altogether."""
    session.connection().execute(_drop_answers(), {"ids": list(at)})
    session.connection().execute(_sent(), [{"row": row_id, "when": when} for row_id, when in at.items()])


def sent(session: Session, row_id: int, now: datetime) -> None:
    """Mark a delivery made; its words are dropped."""
    row = session.get(Outbox, row_id)
    if row:
        row.state, row.sent_at, row.payload, row.error = Delivery.SENT, now, None, ""


def all_held(session: Session, row_ids: Collection[int], until: datetime, why: str) -> None:
    """Look at deliveries again later; they were not attempted."""
    session.exec(update(Outbox).where(col(Outbox.id).in_(row_ids)).values(next_at=until, error=why))


def renew(session: Session, row_id: int, leased: datetime, now: datetime) -> Outbox | None:
    """Have a row to oneself for another lease, if nobody else took it, and no operator or erasure touched it.

    Args:
        leased: until when it was leased, as far as this process knows.

    Returns:
        The row as it is now, or None when it is no longer ours to send.
    """
    mine = update(Outbox).where(col(Outbox.id) == row_id, col(Outbox.state) == Delivery.WAITING)
    if not session.exec(mine.where(col(Outbox.next_at) == leased).values(next_at=now + LEASE)).rowcount:
        return None
    return session.get(Outbox, row_id)


def begun(session: Session, row_id: int) -> None:
    """Note, before it is sent, what must not be sent twice: if nothing is heard of it again, nobody knows."""
    row = session.get(Outbox, row_id)
    if row:
        row.state, row.error = Delivery.UNKNOWN, "the bot stopped while it was being sent"


def postponed(session: Session, row_id: int, until: datetime, why: str, *, counts: bool = True) -> None:
    """Try a delivery again later.

    Args:
        counts: whether it was an attempt, of which there are not to be too many.
    """
    row = session.get(Outbox, row_id)
    if row:
        row.state, row.attempts = Delivery.WAITING, row.attempts + counts
        row.next_at, row.error = until, why


def failed(session: Session, row_id: int, why: str) -> None:
    """Give up a delivery that can never be made; the reason stays, the words and the address do not."""
    row = session.get(Outbox, row_id)
    if row:
        row.state, row.payload, row.sealed, row.holder, row.error = Delivery.FAILED, None, None, None, why


def unreachable(session: Session, row_id: int, why: str) -> None:
    """Give up a delivery for now: what is a person's own news keeps its words for when they come by themselves."""
    row = session.get(Outbox, row_id)
    if row and row.recipient_id is not None:
        row.state, row.error = Delivery.FAILED, why
    else:
        failed(session, row_id, why)


def exhausted(session: Session, row_id: int, why: str) -> None:
    """Stop trying; the words are kept a while, for an operator who mends the cause."""
    row = session.get(Outbox, row_id)
    if row:
        row.state, row.error = Delivery.FAILED, why


def uncertain(session: Session, row_id: int, why: str) -> None:
    """Keep a delivery that may have been made, for a person to decide on."""
    row = session.get(Outbox, row_id)
    if row:
        row.state, row.error = Delivery.UNKNOWN, why


def _waiting(now: datetime, most: int) -> SelectOfScalar[Outbox]:
    query = select(Outbox).where(col(Outbox.state) == conditions.said(Delivery.WAITING), Outbox.next_at <= now)
    return query.order_by(col(Outbox.id)).limit(most)


@cache
def _drop_answers() -> Delete:
    return sa_delete(table_of(Outbox)).where(
        col(Outbox.id).in_(bindparam("ids", expanding=True)), col(Outbox.sealed).is_not(None)
    )


@cache
def _sent() -> Update:
    made: dict[str, Any] = {"state": Delivery.SENT, "sent_at": bindparam("when"), "payload": None, "error": ""}
    return sa_update(table_of(Outbox)).where(col(Outbox.id) == bindparam("row")).values(made)
