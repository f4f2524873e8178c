"""Reads the outbox rows that are due, and stores the outcome of each attempt to deliver them."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Delete, Select, Update, and_, bindparam, case, or_
from sqlalchemy import delete as sa_delete
from sqlalchemy import select as sa_select
from sqlalchemy import update as sa_update
from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from storage import conditions
from storage.engine import listing
from storage.engine.leases import PROCESS
from storage.engine.listing import among, at_most, listed
from storage.engine.loading import by_id, loaded
from storage.engine.prepared import prepared
from storage.engine.unique import table_of
from storage.models import Outbox, Trace
from storage.traffic.outbox import LEASE, count_repeat, repeats
from storage.vocabulary import Delivery

GRACE = timedelta(seconds=3)
"""How long the lease of a process that seems to have ended is respected: it may only have lost its connection."""
INTERRUPTED = "the bot stopped while it was being sent"
"""The error stored with a row while it is being sent; it remains if the bot is killed."""
REPEATABLE = timedelta(days=2)
"""How long after its interruption a row is repeated automatically."""


def due(session: Session, now: datetime, most: int = 50, skip: Collection[int] = ()) -> list[Outbox]:
    """The due rows, oldest first; for a database that a single process uses.

    Args:
        most: how many at most.
        skip: the ids of rows to leave out, such as those being delivered.
    """
    return _due.all(session, {"now": now, "most": most, "skip": listed(skip)})


def take(
    session: Session, now: datetime, most: int, skip: Collection[int], running: Collection[int] = ()
) -> list[Outbox]:
    """Lease due rows for this process and return them, oldest first; rows that another process has locked are skipped.

    Args:
        running: the numbers of the running processes; rows leased by a process that has ended are due, too.
    """
    left = and_(col(Outbox.process).is_not(None), col(Outbox.process).not_in(running))
    query = _waiting(now + LEASE - GRACE, most).where(or_(col(Outbox.next_at) <= now, left))
    rows = list(session.exec(query.where(col(Outbox.id).not_in(skip)).with_for_update(skip_locked=True)))
    for row in rows:
        row.next_at, row.process = now + LEASE, session.info.get(PROCESS)
    session.flush()
    return rows


def release(session: Session, now: datetime) -> None:
    """End the leases on answers that a former process left, so that they are due now; only where one process runs."""
    _release.rows(session, {"now": now, "leased": now + LEASE})


def bring_forward(session: Session, now: datetime, latest: datetime, *, leased: bool = True) -> int:
    """Make rows due now that would wait until after an instant, as when the clock was ahead; return their number.

    Args:
        leased: whether to include rows leased by a process.
    """
    late = update(Outbox).where(col(Outbox.state) == Delivery.WAITING, col(Outbox.next_at) > latest)
    if not leased:
        late = late.where(col(Outbox.process).is_(None))
    return int(session.exec(late.values(next_at=now)).rowcount)


def get(session: Session, row_id: int) -> Outbox | None:
    """The row with this id, read again; None when it was deleted, as by an erasure."""
    return by_id(session, Outbox, row_id)


def mark_all_sent(session: Session, at: Mapping[int, datetime]) -> None:
    """Mark rows as sent, by id and instant, and delete their text; answers are deleted, as no figure needs them."""
    _drop_answers.rows(session, {"ids": listed(at)})
    _drop_traces.rows(session, {"ids": listed(at)})
    _sent.each(session, [{"row": row_id, "when": when} for row_id, when in at.items()])


def mark_sent(session: Session, row_id: int, now: datetime) -> None:
    """Mark a row as sent, and delete its text."""
    row = by_id(session, Outbox, row_id)
    if row:
        row.state, row.sent_at, row.payload, row.error = Delivery.SENT, row.created_at if row.id < 0 else now, None, ""
        _end_lease(row)
        _drop_traces.rows(session, {"ids": listed([row_id])})


def postpone_all(session: Session, row_ids: Collection[int], until: datetime, why: str) -> None:
    """Postpone rows without an attempt, and store the reason."""
    session.exec(update(Outbox).where(col(Outbox.id).in_(row_ids)).values(next_at=until, error=why, process=None))


def renew(session: Session, row_id: int, leased: datetime, now: datetime) -> Outbox | None:
    """Renew this process's lease on a row, unless another process, an operator or an erasure changed it.

    Args:
        leased: the end of this process's lease, by which a change is noticed.

    Returns:
        The row as it is now, or None when this process must not send it any more.
    """
    mine = update(Outbox).where(col(Outbox.id) == row_id, col(Outbox.state) == Delivery.WAITING)
    renewed = mine.where(col(Outbox.next_at) == leased).values(next_at=now + LEASE, process=session.info.get(PROCESS))
    if not session.exec(renewed).rowcount:
        return None
    return by_id(session, Outbox, row_id)


def mark_begun(session: Session, row_id: int) -> None:
    """Mark a row as uncertain just before it is sent, so that `resume` repeats it once after a crash."""
    row = by_id(session, Outbox, row_id)
    if row:
        row.state, row.error = Delivery.UNKNOWN, INTERRUPTED


def resume(session: Session, now: datetime, running: Collection[int] | None = None) -> None:
    """Make rows due that were being sent when a process ended; rows repeated before stay uncertain.

    Args:
        running: the numbers of the running processes; None when there is no other and this one is sending nothing.
    """
    given = {"since": now - REPEATABLE}
    if running is None:
        rows = _interrupted.all(session, given)
    else:
        ended = (col(Outbox.process).is_not(None), col(Outbox.process).not_in(running))
        query = _cut().where(*ended, col(Outbox.next_at) <= now + LEASE - GRACE)
        rows = list(session.execute(query, given).scalars())
    for row in rows:
        if not repeats(row):
            count_repeat(row)
            row.state, row.next_at, row.process = Delivery.WAITING, now, None


def postpone_repeat(session: Session, row_id: int, until: datetime, why: str) -> None:
    """Postpone a row that may have arrived; its text is marked as a repeat."""
    row = by_id(session, Outbox, row_id)
    if row:
        count_repeat(row)
        row.state, row.next_at, row.error, row.process = Delivery.WAITING, until, why, None


def postpone(session: Session, row_id: int, until: datetime, why: str, *, counts: bool = True) -> None:
    """Postpone a row after an attempt, and store the reason.

    Args:
        counts: whether the attempt counts towards the limit.
    """
    row = by_id(session, Outbox, row_id)
    if row:
        row.state, row.attempts = Delivery.WAITING, row.attempts + counts
        row.next_at, row.error, row.process = until, why, None


def mark_failed(session: Session, row_id: int, why: str) -> None:
    """Mark a row as failed permanently: store the reason, delete its text, its address and its traces."""
    row = by_id(session, Outbox, row_id)
    if row:
        row.state, row.payload, row.sealed, row.holder, row.error = Delivery.FAILED, None, None, None, why
        _end_lease(row)
        _drop_traces.rows(session, {"ids": listed([row_id])})


def mark_unreachable(session: Session, row_id: int, why: str) -> None:
    """Mark a row as failed because its recipient is unreachable.

    A row to a member or a place keeps its text, and is sent when the member returns or the place accepts it again.
    """
    row = by_id(session, Outbox, row_id)
    if row and (row.recipient_id is not None or row.place_id is not None):
        row.state, row.error = Delivery.FAILED, why
        _end_lease(row)
    else:
        mark_failed(session, row_id, why)


def mark_exhausted(session: Session, row_id: int, why: str) -> None:
    """Mark a row as failed after the last attempt; its text is kept, so that an operator can retry it."""
    row = by_id(session, Outbox, row_id)
    if row:
        row.state, row.error = Delivery.FAILED, why
        _end_lease(row)


def mark_uncertain(session: Session, row_id: int, why: str) -> None:
    """Mark a row as uncertain: it may have arrived; an operator decides whether to send it again."""
    row = by_id(session, Outbox, row_id)
    if row:
        row.state, row.error = Delivery.UNKNOWN, why
        _end_lease(row)


def _end_lease(row: Outbox) -> None:
    """End a row's lease; where a nameless author caused the row, its time is reduced to the day."""
    if row.id < 0:
        row.next_at = row.created_at


def _waiting(now: datetime, most: int) -> SelectOfScalar[Outbox]:
    query = select(Outbox).where(col(Outbox.state) == conditions.literal(Delivery.WAITING), Outbox.next_at <= now)
    return query.order_by(col(Outbox.id)).limit(most)


@loaded(Outbox)
def _due(dialect: str) -> Select[Outbox]:
    ready = (col(Outbox.state) == conditions.literal(Delivery.WAITING), col(Outbox.next_at) <= bindparam("now"))
    query = sa_select(Outbox).where(*ready, col(Outbox.id).not_in(listing.ids(dialect, "skip")))
    return query.order_by(col(Outbox.id)).limit(at_most("most"))


@loaded(Outbox)
def _interrupted(_: str) -> Select[Outbox]:
    return _cut()


@cache
def _cut() -> Select[Outbox]:
    """The query of rows that were being sent when a process ended."""
    cut = (col(Outbox.state) == conditions.literal(Delivery.UNKNOWN), col(Outbox.error) == INTERRUPTED)
    query = sa_select(Outbox).where(*cut, col(Outbox.next_at) > bindparam("since"))
    return query.with_for_update(skip_locked=True)


@prepared()
def _release(_: str) -> Update:
    row = table_of(Outbox).c
    leased = (row.state == Delivery.WAITING, row.next_at <= bindparam("leased"), row.next_at > bindparam("now"))
    return sa_update(table_of(Outbox)).where(*leased, row.sealed.is_not(None)).values(next_at=bindparam("now"))


@prepared()
def _drop_answers(dialect: str) -> Delete:
    answers = (among(dialect, col(Outbox.id), "ids"), col(Outbox.sealed).is_not(None))
    return sa_delete(table_of(Outbox)).where(*answers)


@prepared()
def _drop_traces(dialect: str) -> Delete:
    return sa_delete(table_of(Trace)).where(among(dialect, col(Trace.outbox_id), "ids"))


@prepared()
def _sent(_: str) -> Update:
    # A random (negative) id means that a nameless author caused the row: only the day is stored.
    day = (col(Outbox.id) < 0, col(Outbox.created_at))
    when = case(day, else_=bindparam("when", type_=table_of(Outbox).c.sent_at.type))
    lease = case(day, else_=col(Outbox.next_at))
    made: dict[str, Any] = {"state": Delivery.SENT, "sent_at": when, "next_at": lease, "payload": None, "error": ""}
    return sa_update(table_of(Outbox)).where(col(Outbox.id) == bindparam("row")).values(made)
