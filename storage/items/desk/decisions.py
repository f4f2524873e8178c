"""Undoes decisions while their notifications are unsent: restores the status and deletes the notifications."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, bindparam, literal_column
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, select, update

from storage.engine.loading import loaded
from storage.items.support import groups
from storage.models import Feedback, History, Incident, Outbox
from storage.vocabulary import CLOSED, Action, Delivery, Status

UNSENT = datetime(9999, 1, 1, tzinfo=UTC)
"""The due time of news for people who want none sent: it is only shown in `/mine`, until it expires."""
NEWS = "status:"
"""The prefix of the outbox keys of a decision's notifications."""


def recent(session: Session, item: Feedback, since: datetime) -> History | None:
    """An item's last decision, if it was made after an instant; else None, also when the item is joined to another."""
    if item.joined_to is not None:
        return None
    last = _last.first(session, {"feedback_id": item.id})
    return last if last is not None and last.at > since else None


@loaded(History)
def _last(_: str) -> Select[History]:
    decided = (col(History.feedback_id) == bindparam("feedback_id"), col(History.action) == Action.STATUS)
    return sa_select(History).where(*decided).order_by(col(History.id).desc()).limit(literal_column("1"))


def take_back(session: Session, item: Feedback, entry: History, now: datetime) -> int:
    """Undo an item's last decision: restore the former status and delete its unsent news. The item must be locked.

    Args:
        entry: the history entry of that decision; it becomes `Action.UNDONE`.

    Returns:
        The number of notifications deleted.
    """
    entry.action = Action.UNDONE
    item.status, item.changed_at = Status(entry.before or Status.RECEIVED), now
    item.closed_at = _closed_at(session, item) if item.status in CLOSED else None
    session.add_all([entry, item])
    over = update(Incident).where(col(Incident.feedback_id) == item.id, col(Incident.closed_at) >= entry.at)
    session.exec(over.values(closed_at=None))
    return session.exec(delete(Outbox).where(*_waiting(session, item, entry))).rowcount


def told(session: Session, item: Feedback, entry: History) -> tuple[int, int]:
    """How many authors, and how many other people, have unsent news of a decision."""
    whose = sa_select(col(Outbox.recipient_id)).where(*_waiting(session, item, entry))
    authors = _authors(session, item)
    found = [recipient in authors for recipient in session.execute(whose).scalars()]
    return sum(found), len(found) - sum(found)


def tell_only(session: Session, item: Feedback, entry: History, *, authors: bool) -> int:
    """Delete a decision's unsent news for everybody but the authors, or only for the authors. The item must be locked.

    Returns:
        How many people will still be notified.
    """
    theirs = _authors(session, item)
    rows = session.exec(select(Outbox).where(*_waiting(session, item, entry)).with_for_update()).all()
    for row in (dropped := [row for row in rows if (row.recipient_id in theirs) is not authors]):
        session.delete(row)
    return sum(row not in dropped and row.next_at < UNSENT for row in rows)


def _authors(session: Session, item: Feedback) -> set[int | None]:
    """The member ids of the authors of an item and of the items joined to it; None stands for nameless authors."""
    return {None, item.author_id, *groups.authors(session, item)}


def _waiting(session: Session, item: Feedback, entry: History) -> tuple[ColumnElement[bool], ...]:
    """The condition for the outbox rows of a decision that are not sent yet."""
    news = col(Outbox.dedupe_key).startswith(f"{NEWS}{entry.id}:", autoescape=True)
    # The rows of nameless authors of joined items refer to their own item.
    concerned = col(Outbox.feedback_id).in_(groups.ids(session, item.id))
    return concerned, news, col(Outbox.state).in_((Delivery.WAITING, Delivery.HELD))


def _closed_at(session: Session, item: Feedback) -> datetime:
    """When an item last got the status that it has now."""
    query = select(History.at).where(History.feedback_id == item.id, History.after == item.status.value)
    found = session.exec(query.where(History.action != Action.UNDONE).order_by(col(History.at).desc())).first()
    return found or item.created_at
