"""Takes back decisions of which nobody has heard yet: the status, and the news that waits."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from storage.items import groups
from storage.models import Feedback, History, Outbox
from storage.vocabulary import CLOSED, Action, Delivery, Status

NEWS = "status:"
"""Starts the outbox key of the news of a decision."""


def recent(session: Session, item: Feedback, since: datetime) -> History | None:
    """An item's last decision, if it was made after an instant; else None, as for what was joined to another since."""
    if item.joined_to is not None:
        return None
    decided = select(History).where(History.feedback_id == item.id, History.action == Action.STATUS)
    last = session.exec(decided.order_by(col(History.id).desc())).first()
    return last if last is not None and last.at > since else None


def take_back(session: Session, item: Feedback, entry: History, now: datetime) -> int:
    """Return an item to the status it had before its last decision, with the news of it; the item must be locked.

    Args:
        entry: the history entry of that decision, which says from now on that it was undone.

    Returns:
        How many people will not be told of it.
    """
    entry.action = Action.UNDONE
    item.status, item.changed_at = Status(entry.before or Status.RECEIVED), now
    item.closed_at = _closed_at(session, item) if item.status in CLOSED else None
    session.add_all([entry, item])
    news = col(Outbox.dedupe_key).startswith(f"{NEWS}{entry.id}:", autoescape=True)
    # The nameless authors of what is joined to it are told by their own item.
    told = col(Outbox.feedback_id).in_(groups.ids(session, item.id))
    waiting = delete(Outbox).where(told, news, col(Outbox.state) == Delivery.WAITING)
    return session.exec(waiting).rowcount


def _closed_at(session: Session, item: Feedback) -> datetime:
    """When an item was given the status that it has now."""
    query = select(History.at).where(History.feedback_id == item.id, History.after == item.status.value)
    found = session.exec(query.where(History.action != Action.UNDONE).order_by(col(History.at).desc())).first()
    return found or item.created_at
