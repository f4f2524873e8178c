"""What the bot owes: written in the transaction of its cause, delivered afterwards."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Executable, ScalarSelect, bindparam, func, union_all
from sqlalchemy import insert as sa_insert
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select, update

from storage import conditions
from storage.engine.prepared import prepared
from storage.engine.unique import insert, insert_once, table_of
from storage.models import Outbox
from storage.vocabulary import Delivery

KEPT = timedelta(days=30)
"""How long news a person could not be sent waits for them to come by."""
LEASE = timedelta(minutes=2)
"""How long a process of several has a row to itself: if it dies meanwhile, another delivers it afterwards."""


_OWES = "owes"
"""Marks a session in which something was owed that is not handed on in memory."""


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
    session.info[_OWES] = True
    return insert_once(session, row)


def owes(session: Session) -> bool:
    """Whether something was owed in this session that the courier has to look for."""
    return _OWES in session.info


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
        session.info[_OWES] = True
        session.connection().execute(insert(session, Outbox).on_conflict_do_nothing(), rows)


def owe_answer(
    session: Session, dedupe_key: str, payload: dict[str, Any], sealed: bytes, holder: str, now: datetime
) -> int:
    """Owe an answer to what somebody just did; its event, closed with it, is what makes it unique.

    Returns:
        The row's id. It is leased to this process, which delivers it without reading it back.
    """
    row = {
        "dedupe_key": dedupe_key,
        "payload": payload,
        "sealed": sealed,
        "holder": holder,
        **_fresh(now),
        "next_at": now + LEASE,
    }
    return int(_insert_answer.value(session, row))


def _fresh(now: datetime) -> dict[str, Any]:
    """What is the same of everything that begins to wait."""
    return {"state": Delivery.WAITING, "attempts": 0, "error": "", "created_at": now, "next_at": now}


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


def worded(session: Session, dedupe_keys: Collection[str] = (), feedback_ids: Collection[int] = ()) -> list[Outbox]:
    """What was not sent yet, or can be sent again, of these keys or about these items: its words are still kept.

    Until this transaction ends nobody else changes it: what is marked sent meanwhile must not get its words back.
    """
    own, kept = sa_select(col(Outbox.id)), col(Outbox.payload).is_not(None)
    keyed = own.where(col(Outbox.dedupe_key).in_(dedupe_keys))
    theirs = union_all(keyed, own.where(col(Outbox.feedback_id).in_(feedback_ids)))
    query = select(Outbox).where(col(Outbox.id).in_(theirs), kept).order_by(col(Outbox.id))
    return list(session.exec(query.with_for_update().execution_options(populate_existing=True)))


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
    session.info[_OWES] = True
    for row in rows:
        row.state, row.attempts, row.error, row.next_at = Delivery.WAITING, 0, "", now


def _missed(member_id: Any, since: Any) -> tuple[ColumnElement[bool], ...]:
    theirs = (col(Outbox.recipient_id) == member_id, col(Outbox.created_at) >= since)
    return (*theirs, col(Outbox.state) == conditions.said(Delivery.FAILED), col(Outbox.payload).is_not(None))


def readdress(session: Session, feedback_id: int, old: int | None, new: int | None) -> None:
    """Send what is owed about an item to another: a person, or its sealed author (None); sent rows forget a person."""
    rows = update(Outbox).where(col(Outbox.feedback_id) == feedback_id, col(Outbox.place_id).is_(None))
    theirs = rows.where(col(Outbox.recipient_id).is_(None) if old is None else col(Outbox.recipient_id) == old)
    session.exec(theirs.values(recipient_id=new))


# Run with every message: built once, since building a statement costs more than running it.
@prepared("dedupe_key", "payload", "sealed", "holder", "state", "attempts", "error", "created_at", "next_at")
def _insert_answer(_: str) -> Executable:
    return sa_insert(table_of(Outbox)).returning(table_of(Outbox).c.id)
