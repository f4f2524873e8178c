"""What the bot owes: written in the transaction of its cause, delivered afterwards."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Delete, Insert, ScalarSelect, Update, bindparam, func, union_all
from sqlalchemy import delete as sa_delete
from sqlalchemy import insert as sa_insert
from sqlalchemy import select as sa_select
from sqlalchemy import update as sa_update
from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from storage.engine.unique import insert, insert_once, table_of
from storage.models import Outbox
from storage.vocabulary import Delivery

KEPT = timedelta(days=30)
"""How long news a person could not be sent waits for them to come by."""
LEASE = timedelta(minutes=2)
"""How long a process of several has a row to itself: if it dies meanwhile, another delivers it afterwards."""


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


def owe_each(session: Session, payloads: Mapping[tuple[str, int], dict[str, Any]], now: datetime) -> None:
    """Owe messages to many people in one statement.

    Args:
        payloads: what each is owed, by its key and its recipient's id; what is owed already stays as it is.
    """
    rows = [
        {"dedupe_key": key, "payload": payload, "recipient_id": recipient, **_fresh(now)}
        for (key, recipient), payload in payloads.items()
    ]
    if rows:
        session.connection().execute(insert(session, Outbox).on_conflict_do_nothing(), rows)


def owe_answer(
    session: Session, dedupe_key: str, payload: dict[str, Any], sealed: bytes, holder: str, now: datetime
) -> None:
    """Owe an answer to what somebody just did; its event, closed with it, is what makes it unique."""
    row = {
        "dedupe_key": dedupe_key,
        "payload": payload,
        "sealed": sealed,
        "holder": holder,
        **_fresh(now),
    }
    session.connection().execute(_insert(), row)


def _fresh(now: datetime) -> dict[str, Any]:
    """What is the same of everything that begins to wait."""
    return {"state": Delivery.WAITING, "attempts": 0, "error": "", "created_at": now, "next_at": now}


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


def get(session: Session, row_id: int) -> Outbox | None:
    """A row, or None when it is gone, as after an erasure."""
    return session.get(Outbox, row_id)


def undelivered(session: Session) -> list[Outbox]:
    """What was given up, or may or may not have arrived, the oldest first: for the operator to look at."""
    query = select(Outbox).where(col(Outbox.state).in_((Delivery.FAILED, Delivery.UNKNOWN)))
    return list(session.exec(query.order_by(col(Outbox.id))))


def waiting_count(session: Session) -> int:
    """How many deliveries wait."""
    return session.exec(select(func.count()).select_from(Outbox).where(Outbox.state == Delivery.WAITING)).one()


def retry(session: Session, row_id: int, now: datetime) -> bool:
    """Deliver a row once more, from the first attempt.

    Returns:
        Whether there is such a row and its words are still kept.
    """
    row = session.get(Outbox, row_id)
    if row is None or row.payload is None:
        return False
    resend(session, [row], now)
    return True


def drop(session: Session, row_id: int) -> bool:
    """Give up a row that was not sent, and forget it.

    Returns:
        Whether there is such a row.
    """
    row = session.get(Outbox, row_id)
    if row is None or row.state is Delivery.SENT:
        return False
    session.delete(row)
    return True


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


def worded(session: Session, dedupe_keys: Collection[str] = (), feedback_ids: Collection[int] = ()) -> list[Outbox]:
    """What was not sent yet, or can be sent again, of these keys or about these items: its words are still kept.

    Until this transaction ends nobody else changes it: what is marked sent meanwhile must not get its words back.
    """
    own, kept = sa_select(col(Outbox.id)), col(Outbox.payload).is_not(None)
    keyed = own.where(col(Outbox.dedupe_key).in_(dedupe_keys))
    theirs = union_all(keyed, own.where(col(Outbox.feedback_id).in_(feedback_ids)))
    query = select(Outbox).where(col(Outbox.id).in_(theirs), kept).order_by(col(Outbox.id))
    return list(session.exec(query.with_for_update().execution_options(populate_existing=True)))


def renew(session: Session, row: Outbox, now: datetime) -> Outbox | None:
    """Have a row to oneself for another lease, if nobody else took it, and no operator or erasure touched it.

    Returns:
        The row as it is now, or None when it is no longer ours to send.
    """
    mine = update(Outbox).where(col(Outbox.id) == row.id, col(Outbox.state) == Delivery.WAITING)
    if not session.exec(mine.where(col(Outbox.next_at) == row.next_at).values(next_at=now + LEASE)).rowcount:
        return None
    return session.get(Outbox, row.id)


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


def missed(session: Session, member_id: int, now: datetime) -> list[Outbox]:
    """The news a person could not be sent of late, the oldest first."""
    here = {"member": member_id, "since": now - KEPT}
    query = select(Outbox).where(*_missed(bindparam("member"), bindparam("since")))
    return list(session.exec(query.order_by(col(Outbox.id)), params=here))


def last_missed(member_id: Any, since: ColumnElement[datetime]) -> ScalarSelect[int]:
    """The newest news a person could not be sent, as an expression: none when there is none."""
    return sa_select(func.max(Outbox.id)).where(*_missed(member_id, since)).scalar_subquery()


def resend(session: Session, rows: Collection[Outbox], now: datetime) -> None:
    """Deliver rows once more, from the first attempt."""
    for row in rows:
        row.state, row.attempts, row.error, row.next_at = Delivery.WAITING, 0, "", now


def _missed(member_id: Any, since: Any) -> tuple[ColumnElement[bool], ...]:
    theirs = (col(Outbox.recipient_id) == member_id, col(Outbox.created_at) >= since)
    return (*theirs, col(Outbox.state) == Delivery.FAILED, col(Outbox.payload).is_not(None))


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


def readdress(session: Session, feedback_id: int, old: int | None, new: int | None) -> None:
    """Send what is owed about an item to another: a person, or its sealed author (None); sent rows forget a person."""
    rows = update(Outbox).where(col(Outbox.feedback_id) == feedback_id, col(Outbox.place_id).is_(None))
    theirs = rows.where(col(Outbox.recipient_id).is_(None) if old is None else col(Outbox.recipient_id) == old)
    session.exec(theirs.values(recipient_id=new))


def _waiting(now: datetime, most: int) -> SelectOfScalar[Outbox]:
    query = select(Outbox).where(Outbox.state == Delivery.WAITING, Outbox.next_at <= now)
    return query.order_by(col(Outbox.id)).limit(most)


# Run with every message: built once, since building a statement costs more than running it.
@cache
def _insert() -> Insert:
    return sa_insert(table_of(Outbox))


@cache
def _drop_answers() -> Delete:
    return sa_delete(table_of(Outbox)).where(
        col(Outbox.id).in_(bindparam("ids", expanding=True)), col(Outbox.sealed).is_not(None)
    )


@cache
def _sent() -> Update:
    made: dict[str, Any] = {"state": Delivery.SENT, "sent_at": bindparam("when"), "payload": None, "error": ""}
    return sa_update(table_of(Outbox)).where(col(Outbox.id) == bindparam("row")).values(made)
