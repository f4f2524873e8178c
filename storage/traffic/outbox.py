"""Adds messages to the outbox in the transaction of their cause, and finds, repeats and deletes undelivered ones."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Executable, ScalarSelect, Select, bindparam, case, func, union_all
from sqlalchemy import delete as sa_delete
from sqlalchemy import insert as sa_insert
from sqlalchemy import select as sa_select
from sqlalchemy.sql.dml import ReturningDelete
from sqlmodel import Session, col, delete, select, update

from storage import conditions
from storage.engine.drawing import draw_id
from storage.engine.leases import PROCESS
from storage.engine.listing import among, listed
from storage.engine.loading import loaded
from storage.engine.prepared import prepared
from storage.engine.unique import insert, insert_once, table_of
from storage.models import Outbox
from storage.vocabulary import Delivery

KEPT = timedelta(days=30)
"""How long a message that could not reach a person is kept, to be sent when they use the bot again."""
LEASE = timedelta(minutes=2)
"""How long a lease on a row lasts. On PostgreSQL another process takes the row soon after the one that has it ended."""
REPEATED = "repeated"
"""The key in a message's text that counts how often it may have arrived: `repeated` of a reply."""
SEALED = "sealed"
"""The key in a message's text under which it is sealed, in Base64; beside it stands only `REPEATED`."""

_ADDED = "owes"
"""The key in `Session.info` that marks a session in which rows were added that the courier must read."""


def owe(
    session: Session,
    dedupe_key: str,
    payload: dict[str, Any],
    now: datetime,
    *,
    place_id: int | None = None,
    recipient_id: int | None = None,
    feedback_id: int | None = None,
    sealed: bytes | None = None,
    holder: str | None = None,
    nameless: bool = False,
    after: timedelta = timedelta(),
    held: datetime | None = None,
) -> Outbox | None:
    """Add a message to a place, a person, a sealed address, or (none given) that of an item; idempotent by key.

    Args:
        sealed: the address, sealed.
        holder: with `sealed`, the keyed mark of the account it is for.
        nameless: whether a nameless author caused it: then its id is drawn by chance, and `now` is the day.
        after: how long it waits at least.
        held: until when it is held, to be gathered with other news.

    Returns:
        The row, or None when one with this key exists.
    """
    row = Outbox(
        dedupe_key=dedupe_key,
        payload=payload,
        place_id=place_id,
        recipient_id=recipient_id,
        feedback_id=feedback_id,
        sealed=sealed,
        holder=holder,
        created_at=now,
        next_at=held or now + after,
        state=Delivery.HELD if held else Delivery.WAITING,
    )
    if nameless:
        row.id = draw_id(session, Outbox)
    session.info[_ADDED] = True
    return insert_once(session, row)


def owes(session: Session) -> bool:
    """Whether rows were added in this session that the courier must read from the database."""
    return _ADDED in session.info


def owe_each(
    session: Session,
    payloads: Mapping[tuple[str, int], dict[str, Any]],
    now: datetime,
    feedback_id: int | None = None,
    *,
    nameless: bool = False,
    held: Mapping[int, datetime] | None = None,
) -> None:
    """Add messages to many people in one statement; those whose key exists are left as they are.

    Args:
        payloads: the messages by unique key and recipient's member id.
        feedback_id: the item they are about, if any.
        nameless: as for `owe`.
        held: by recipient, until when what is held is.
    """
    about, until = {"feedback_id": feedback_id, **_initial_values(now)}, held or {}
    rows = [
        {"dedupe_key": key, "payload": payload, "recipient_id": recipient, **about}
        | ({"state": Delivery.HELD, "next_at": until[recipient]} if recipient in until else {})
        | _drawn(session, nameless)
        for (key, recipient), payload in payloads.items()
    ]
    if rows:
        session.info[_ADDED] = True
        session.connection().execute(insert(session, Outbox).on_conflict_do_nothing(), rows)


def owe_answer(
    session: Session, dedupe_key: str, payload: dict[str, Any], sealed: bytes, holder: str, now: datetime
) -> int:
    """Add the answer to an event. It is unique because the event is closed in the same transaction.

    Args:
        sealed: the chat's address, sealed.
        holder: the keyed mark of the person it is for.

    Returns:
        The row's id. It is leased to this process, which delivers it from memory.
    """
    row = {
        "dedupe_key": dedupe_key,
        "payload": payload,
        "sealed": sealed,
        "holder": holder,
        **_initial_values(now),
        "next_at": now + LEASE,
        "process": session.info.get(PROCESS),
    }
    return int(_insert_answer.value(session, row))


def _drawn(session: Session, nameless: bool) -> dict[str, int]:
    return {"id": draw_id(session, Outbox)} if nameless else {}


def _initial_values(now: datetime) -> dict[str, Any]:
    """The values that all new rows have in common."""
    return {"state": Delivery.WAITING, "attempts": 0, "error": "", "created_at": now, "next_at": now}


def undelivered(session: Session) -> list[Outbox]:
    """The failed and uncertain rows, the oldest first, for the operator."""
    query = select(Outbox).where(col(Outbox.state).in_((Delivery.FAILED, Delivery.UNKNOWN)))
    return list(session.exec(query.order_by(col(Outbox.id))))


def waiting_count(session: Session) -> int:
    """How many rows wait to be delivered."""
    return session.exec(select(func.count()).select_from(Outbox).where(Outbox.state == Delivery.WAITING)).one()


def retry(session: Session, row_id: int, now: datetime) -> bool:
    """Make a row due again, with no attempts counted.

    Returns:
        False when there is no such row or its text was dropped.
    """
    row = session.get(Outbox, row_id)
    if row is None or row.payload is None:
        return False
    resend(session, [row], now)
    return True


def drop(session: Session, row_id: int) -> bool:
    """Delete a row that was not sent.

    Returns:
        False when there is no such row.
    """
    row = session.get(Outbox, row_id)
    if row is None or row.state is Delivery.SENT:
        return False
    session.delete(row)
    return True


def drop_held(session: Session, holder: str | None) -> None:
    """Delete the messages for a person with this keyed mark."""
    session.exec(delete(Outbox).where(col(Outbox.holder) == holder))


def supersede(session: Session, feedback_id: int, prefix: str) -> int:
    """Delete the unsent messages about an item whose unique key starts so; how many there were."""
    return len(_supersede.rows(session, {"feedback_id": feedback_id, "prefix": f"{prefix}%"}))


@prepared()
def _supersede(_: str) -> ReturningDelete[int]:
    row = table_of(Outbox).c
    unsent = (row.feedback_id == bindparam("feedback_id"), row.dedupe_key.like(bindparam("prefix")))
    return sa_delete(table_of(Outbox)).where(*unsent, row.state != Delivery.SENT).returning(row.id)


def reached(session: Session, feedback_id: int, prefix: str) -> list[int]:
    """The member ids of those whom a message about an item has reached whose unique key starts so."""
    theirs = (col(Outbox.feedback_id) == feedback_id, col(Outbox.dedupe_key).like(f"{prefix}%"))
    sent = select(Outbox.recipient_id).where(*theirs, col(Outbox.state) == Delivery.SENT)
    return sorted({own for own in session.exec(sent) if own is not None})


def worded(session: Session, dedupe_keys: Collection[str] = (), feedback_ids: Collection[int] = ()) -> list[Outbox]:
    """The rows that still have their text, of these unique keys or about these items, the oldest first.

    They are locked until the transaction ends: writing to one just marked as sent would restore its text.
    """
    if not (dedupe_keys or feedback_ids):
        return []
    return _worded.all(session, {"keys": listed(dedupe_keys), "items": listed(feedback_ids)})


def missed(session: Session, member_id: int, now: datetime) -> list[Outbox]:
    """The failed and uncertain messages to a person of the last `KEPT` that still have their text, the oldest first."""
    here = {"member": member_id, "since": now - KEPT}
    query = select(Outbox).where(*_missed(bindparam("member"), bindparam("since")))
    return list(session.exec(query.order_by(col(Outbox.id)), params=here))


def refused(session: Session, place_ids: Collection[int], now: datetime) -> list[Outbox]:
    """The messages of the last `KEPT` that these places refused and that still have their text, the oldest first."""
    return _refused.all(session, {"places": listed(place_ids), "since": now - KEPT}) if place_ids else []


def last_missed(member_id: Any, since: ColumnElement[datetime]) -> ScalarSelect[int]:
    """The id of the newest row `missed` finds, as an SQL expression; NULL when there is none."""
    return sa_select(func.max(Outbox.id)).where(*_missed(member_id, since)).scalar_subquery()


def resend(session: Session, rows: Collection[Outbox], now: datetime) -> None:
    """Make rows due again, with no attempts counted; what may have arrived says so."""
    session.info[_ADDED] = True
    for row in rows:
        if row.state is Delivery.UNKNOWN:
            doubt(row)
        row.state, row.attempts, row.error, row.next_at, row.process = Delivery.WAITING, 0, "", now, None


def repeats(row: Outbox) -> int:
    """How often a row was sent before without an answer of the platform's."""
    return int((row.payload or {}).get(REPEATED, 0))


def doubt(row: Outbox) -> None:
    """Count that a row may have arrived once more, in its text, which says so when it is sent again."""
    if row.payload is not None:
        row.payload = {**row.payload, REPEATED: repeats(row) + 1}


def _missed(member_id: Any, since: Any) -> tuple[ColumnElement[bool], ...]:
    theirs = (col(Outbox.recipient_id) == member_id, col(Outbox.created_at) >= since)
    left = [conditions.said(state) for state in (Delivery.FAILED, Delivery.UNKNOWN)]
    return (*theirs, col(Outbox.state).in_(left), col(Outbox.payload).is_not(None))


def readdress(session: Session, feedback_id: int, old: int | None, new: int | None) -> None:
    """Redirect all rows about an item from a person to another, sent ones too; None is the item's sealed address."""
    rows = update(Outbox).where(col(Outbox.feedback_id) == feedback_id, col(Outbox.place_id).is_(None))
    theirs = rows.where(col(Outbox.recipient_id).is_(None) if old is None else col(Outbox.recipient_id) == old)
    freed: dict[str, Any] = {}
    if new is None:
        # What was held to be gathered goes on its own: nothing may bring together what is nameless.
        held = col(Outbox.state) == Delivery.HELD
        freed["state"] = case((held, conditions.said(Delivery.WAITING)), else_=col(Outbox.state))
        freed["next_at"] = case((held, col(Outbox.created_at)), else_=col(Outbox.next_at))
    session.exec(theirs.values(recipient_id=new, **freed))


@loaded(Outbox, anew=True)
def _worded(dialect: str) -> Select[Outbox]:
    own = sa_select(col(Outbox.id))
    keyed = own.where(among(dialect, col(Outbox.dedupe_key), "keys"))
    theirs = union_all(keyed, own.where(among(dialect, col(Outbox.feedback_id), "items")))
    query = sa_select(Outbox).where(col(Outbox.id).in_(theirs), col(Outbox.payload).is_not(None))
    return query.order_by(col(Outbox.id)).with_for_update()


@loaded(Outbox)
def _refused(dialect: str) -> Select[Outbox]:
    theirs = (col(Outbox.state) == conditions.said(Delivery.FAILED), among(dialect, col(Outbox.place_id), "places"))
    kept = (col(Outbox.created_at) >= bindparam("since"), col(Outbox.payload).is_not(None))
    return sa_select(Outbox).where(*theirs, *kept).order_by(col(Outbox.id))


# Run with every message: built once, since building a statement takes longer than running it.
@prepared("dedupe_key", "payload", "sealed", "holder", "state", "attempts", "error", "created_at", "next_at", "process")
def _insert_answer(_: str) -> Executable:
    return sa_insert(table_of(Outbox)).returning(table_of(Outbox).c.id)
