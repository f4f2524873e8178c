"""Platform events already handled: the same one changes nothing twice."""

from datetime import datetime

from sqlmodel import Session, select

from storage.models import Inbox


class AlreadyHandled(Exception):
    """This event had its effect before; the transaction it is raised in is rolled back."""


def close(session: Session, platform: str, event_id: str, now: datetime) -> None:
    """Mark an event handled, in the transaction of its effect, and drop its payload.

    Raises:
        AlreadyHandled: it was handled before.
    """
    query = select(Inbox).where(Inbox.platform == platform, Inbox.event_id == event_id)
    row = session.exec(query).first() or Inbox(platform=platform, event_id=event_id, received_at=now)
    if row.handled_at is not None:
        raise AlreadyHandled(event_id)
    row.handled_at, row.payload = now, None
    session.add(row)
    session.flush()
