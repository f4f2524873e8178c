"""Platform events already handled: the same one changes nothing twice."""

from datetime import datetime
from functools import cache

from sqlalchemy import Executable
from sqlmodel import Session, col

from storage.models import Inbox
from storage.unique import insert_in


class AlreadyHandled(Exception):
    """This event had its effect before; the transaction it is raised in is rolled back."""


def close(session: Session, platform: str, event_id: str, now: datetime) -> None:
    """Mark an event handled, in the transaction of its effect, and drop its payload.

    One statement, so that of two processes that handle the same event at once the second waits for the first,
    then learns of it.

    Raises:
        AlreadyHandled: it was handled before.
    """
    row = {"platform": platform, "event_id": event_id, "received_at": now, "handled_at": now}
    if session.execute(_close(session.get_bind().dialect.name), row).first() is None:
        raise AlreadyHandled(event_id)


# Run with every message: built once, since building a statement costs more than running it.
@cache
def _close(dialect: str) -> Executable:
    query = insert_in(dialect, Inbox)
    query = query.on_conflict_do_update(
        index_elements=["platform", "event_id"],
        set_={"handled_at": query.excluded.handled_at, "payload": None},
        where=col(Inbox.handled_at).is_(None),
    )
    return query.returning(col(Inbox.id))
