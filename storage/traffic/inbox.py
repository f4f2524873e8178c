"""Stores platform events until they are handled, and their ids afterwards, so that handling is idempotent."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Executable, Select, bindparam, literal_column
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from storage.engine.prepared import Prepared, prepared
from storage.engine.unique import insert_in
from storage.models import Inbox
from storage.values import frozen

TRIES = "portevoix_tries"
"""The key in a stored event for the number of starts of the bot that began to handle it again."""
PARKED = "portevoix_set_aside"
"""The key in a stored event for the reason why it is parked."""


class AlreadyHandled(Exception):
    """The event was handled before; raised to roll the transaction back."""


@frozen
class Arrival:
    """An event's id on its platform, and its content as text."""

    event_id: str
    payload: str


@frozen
class Parked:
    """An event that was parked for the operator, without its content; `why` is the reason."""

    platform: str
    event_id: str
    received_at: datetime
    why: str


def accept(session: Session, platform: str, arrivals: Sequence[Arrival], now: datetime) -> list[str]:
    """Store events before they are acknowledged to the platform.

    Returns:
        The ids of the new events; the others were stored before.
    """
    rows = [
        {"platform": platform, "event_id": one.event_id, "payload": one.payload, "received_at": now} for one in arrivals
    ]
    if not rows:
        return []
    return [str(event_id) for row in rows for (event_id,) in _accept.rows(session, row)]


def unfinished(session: Session, platform: str, before: datetime | None = None) -> list[Arrival]:
    """The stored events that were not handled, as after a crash, oldest first, parked ones included.

    Args:
        before: leave out events that arrived after this instant.
    """
    found = _waiting(until=before is not None).rows(session, {"platform": platform, "before": before})
    return [Arrival(event_id, payload or "") for event_id, payload in found]


def last(session: Session, platform: str) -> str | None:
    """The id of the newest handled event of a platform, or None."""
    rows = _last.rows(session, {"platform": platform})
    return str(rows[0][0]) if rows else None


def handled(session: Session, platform: str, event_ids: Collection[str]) -> set[str]:
    """The event ids among these that were handled."""
    query = select(Inbox.event_id).where(Inbox.platform == platform, col(Inbox.event_id).in_(event_ids))
    return set(session.exec(query.where(col(Inbox.handled_at).is_not(None))))


def rewrite(session: Session, platform: str, arrivals: Sequence[Arrival]) -> None:
    """Replace the content of stored events that are not handled yet."""
    for one in arrivals:
        theirs = update(Inbox).where(col(Inbox.platform) == platform, col(Inbox.event_id) == one.event_id)
        session.exec(theirs.where(col(Inbox.handled_at).is_(None)).values(payload=one.payload))


def park(session: Session, platform: str, event_ids: Collection[str], why: str) -> None:
    """Park unfinished events: they are kept for the operator and not handled again."""
    theirs = select(Inbox).where(Inbox.platform == platform, col(Inbox.event_id).in_(event_ids))
    for row in session.exec(theirs.where(col(Inbox.handled_at).is_(None))):
        row.payload = json.dumps({**json.loads(row.payload or "{}"), PARKED: why})


def parked(session: Session) -> list[Parked]:
    """The parked events, oldest first."""
    rows = session.exec(_unfinished_with(PARKED))
    found = ((row, json.loads(row.payload or "{}")) for row in rows)
    return [
        Parked(row.platform, row.event_id, row.received_at, str(raw[PARKED])) for row, raw in found if PARKED in raw
    ]


def unpark(session: Session, event_id: str) -> bool:
    """Make a parked event unfinished again, to be handled like a new one; False when there is none of this id."""
    found = False
    for row in session.exec(_unfinished_with(PARKED).where(Inbox.event_id == event_id)):
        raw = json.loads(row.payload or "{}")
        if PARKED in raw:
            found = True
            row.payload = json.dumps({name: part for name, part in raw.items() if name not in (PARKED, TRIES)})
    return found


def drop_parked(session: Session, platform: str, account: str, now: datetime) -> int:
    """Delete the content of a person's parked events; return how many there were."""
    theirs = _parked.rows(session, {"platform": platform})
    found = [event_id for event_id, payload in theirs if _is_from(json.loads(payload), account)]
    if found:
        set_aside(session, platform, found, now)
    return len(found)


def _is_from(raw: object, account: str) -> bool:
    """Whether an event or a part of it is from an account, in Telegram's format."""
    if isinstance(raw, list):
        return any(_is_from(part, account) for part in raw)
    if not isinstance(raw, dict):
        return False
    sender = raw.get("from")
    own = isinstance(sender, dict) and str(sender.get("id")) == account
    return own or any(_is_from(part, account) for part in raw.values())


def _unfinished_with(key: str) -> SelectOfScalar[Inbox]:
    """The query of unfinished events whose content may have a key."""
    return select(Inbox).where(*_unfinished(key)).order_by(col(Inbox.id))


def _unfinished(key: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Inbox.handled_at).is_(None), col(Inbox.payload).contains(f'"{key}"', autoescape=True)


def set_aside(session: Session, platform: str, event_ids: Collection[str], now: datetime) -> None:
    """Mark events as handled without effect, and delete their content: unreadable ones, or parts of other events."""
    theirs = update(Inbox).where(col(Inbox.platform) == platform, col(Inbox.event_id).in_(event_ids))
    session.exec(theirs.values(handled_at=now, payload=None))


def close(session: Session, platform: str, event_id: str, now: datetime, parts: Collection[str] = ()) -> None:
    """Mark an event as handled, in the transaction of its effect, and delete its content.

    A single upsert: of two processes that handle the same event, the second waits for the first to commit, then fails.

    Args:
        parts: the ids of further events handled with it, such as an album's other pictures.

    Raises:
        AlreadyHandled: it was handled before.
    """
    if parts:
        set_aside(session, platform, parts, now)
    row = {"platform": platform, "event_id": event_id, "received_at": now, "handled_at": now}
    if not _close.rows(session, row):
        raise AlreadyHandled(event_id)


# Run with every message: built once, since building a statement takes longer than running it.
@prepared()
def _last(_: str) -> Select[str]:
    here = (col(Inbox.platform) == bindparam("platform"), col(Inbox.handled_at).is_not(None))
    return sa_select(col(Inbox.event_id)).where(*here).order_by(col(Inbox.id).desc()).limit(literal_column("1"))


@prepared("platform", "event_id", "payload", "received_at")
def _accept(dialect: str) -> Executable:
    return insert_in(dialect, Inbox).on_conflict_do_nothing().returning(col(Inbox.event_id))


@prepared("platform", "event_id", "received_at", "handled_at")
def _close(dialect: str) -> Executable:
    query = insert_in(dialect, Inbox)
    query = query.on_conflict_do_update(
        index_elements=["platform", "event_id"],
        set_={"handled_at": query.excluded.handled_at, "payload": None},
        where=col(Inbox.handled_at).is_(None),
    )
    return query.returning(col(Inbox.id))


@prepared()
def _parked(_: str) -> Select[str, str | None]:
    query = sa_select(col(Inbox.event_id), col(Inbox.payload)).where(col(Inbox.platform) == bindparam("platform"))
    return query.where(*_unfinished(PARKED)).order_by(col(Inbox.id))


@cache
def _waiting(*, until: bool) -> Prepared:
    query = sa_select(col(Inbox.event_id), col(Inbox.payload)).where(col(Inbox.platform) == bindparam("platform"))
    query = query.where(col(Inbox.handled_at).is_(None)).order_by(col(Inbox.id))
    return Prepared(lambda _: query.where(col(Inbox.received_at) <= bindparam("before")) if until else query)
