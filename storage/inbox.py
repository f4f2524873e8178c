"""Platform events already handled: the same one changes nothing twice."""

from datetime import datetime

from sqlmodel import Session, col

from storage.models import Inbox
from storage.unique import insert


class AlreadyHandled(Exception):
    """This event had its effect before; the transaction it is raised in is rolled back."""


def close(session: Session, platform: str, event_id: str, now: datetime) -> None:
    """Mark an event handled, in the transaction of its effect, and drop its payload.

    One statement, so that of two processes that handle the same event at once the second waits for the first,
    then learns of it.

    Raises:
        AlreadyHandled: it was handled before.
    """
    handled = {"handled_at": now, "payload": None}
    row = {"platform": platform, "event_id": event_id, "received_at": now, **handled}
    query = insert(session, Inbox).values(row)
    query = query.on_conflict_do_update(
        index_elements=["platform", "event_id"], set_=handled, where=col(Inbox.handled_at).is_(None)
    )
    if session.scalars(query.returning(col(Inbox.id))).first() is None:
        raise AlreadyHandled(event_id)
