"""Takes back decisions of which nobody has heard yet: the status, and the news that waits."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, bindparam, literal_column
from sqlalchemy import delete as sa_delete
from sqlalchemy import select as sa_select
from sqlalchemy.sql.dml import ReturningDelete
from sqlmodel import Session, col, select, update

from storage.conditions import said
from storage.engine.listing import among, listed
from storage.engine.loading import change, loaded
from storage.engine.prepared import prepared
from storage.engine.unique import table_of
from storage.items.support import groups
from storage.models import Feedback, History, Incident, Outbox
from storage.vocabulary import CLOSED, Action, Delivery, Status

UNSENT = datetime(9999, 1, 1, tzinfo=UTC)
"""When news is due of who wants none: it waits to be seen in `/mine`, until it is too old."""
NEWS = "status:"
"""Starts the outbox key of the news of a decision."""


def recent(session: Session, item: Feedback, since: datetime) -> History | None:
    """An item's last decision, if it was made after an instant; else None, as for what was joined to another since."""
    if item.joined_to is not None:
        return None
    last = _last.first(session, {"feedback_id": item.id})
    return last if last is not None and last.at > since else None


@loaded(History)
def _last(_: str) -> Select[History]:
    decided = (col(History.feedback_id) == bindparam("feedback_id"), col(History.action) == Action.STATUS)
    return sa_select(History).where(*decided).order_by(col(History.id).desc()).limit(literal_column("1"))


def take_back(session: Session, item: Feedback, entry: History, now: datetime) -> int:
    """Return an item to the status it had before its last decision, with the news of it; the item must be locked.

    Args:
        entry: the history entry of that decision, which says from now on that it was undone.

    Returns:
        How many people will not be told of it.
    """
    change(session, entry, action=Action.UNDONE)
    change(session, item, status=Status(entry.before or Status.RECEIVED), changed_at=now)
    change(session, item, closed_at=_closed_at(session, item) if item.status in CLOSED else None)
    over = update(Incident).where(col(Incident.feedback_id) == item.id, col(Incident.closed_at) >= entry.at)
    session.exec(over.values(closed_at=None))
    return len(_drop_news.rows(session, _news(session, item, entry)))


def told(session: Session, item: Feedback, entry: History) -> tuple[int, int]:
    """How many authors, and how many others, the news of a decision waits for."""
    authors = _authors(session, item)
    found = [recipient in authors for (recipient,) in _recipients.rows(session, _news(session, item, entry))]
    return sum(found), len(found) - sum(found)


def tell_only(session: Session, item: Feedback, entry: History, *, authors: bool) -> int:
    """Delete the news of a decision that waits for others than the authors, or for the authors; the item is locked.

    Returns:
        How many people will still be told.
    """
    theirs = _authors(session, item)
    rows = _hold_news.all(session, _news(session, item, entry))
    for row in (dropped := [row for row in rows if (row.recipient_id in theirs) is not authors]):
        session.delete(row)
    return sum(row not in dropped and row.next_at < UNSENT for row in rows)


def _authors(session: Session, item: Feedback) -> set[int | None]:
    """The member ids of who wrote an item or what is joined to it; None stands for all who did without a name."""
    return {None, item.author_id, *groups.authors(session, item)}


def _news(session: Session, item: Feedback, entry: History) -> dict[str, str]:
    """The values for `_waiting`."""
    # The nameless authors of what is joined to it are told by their own item.
    return {"items": listed(groups.ids(session, item.id)), "news": f"{NEWS}{entry.id}:%"}


@prepared()
def _drop_news(dialect: str) -> ReturningDelete[int]:
    table = table_of(Outbox)
    return sa_delete(table).where(*_waiting(dialect)).returning(table.c.id)


@prepared()
def _recipients(dialect: str) -> Select[int | None]:
    return sa_select(col(Outbox.recipient_id)).where(*_waiting(dialect))


@loaded(Outbox, anew=True)
def _hold_news(dialect: str) -> Select[Outbox]:
    return sa_select(Outbox).where(*_waiting(dialect)).with_for_update()


def _waiting(dialect: str) -> tuple[ColumnElement[bool], ...]:
    """The news of a decision that is not sent yet."""
    waits = col(Outbox.state).in_([said(Delivery.WAITING), said(Delivery.HELD)])
    return among(dialect, col(Outbox.feedback_id), "items"), col(Outbox.dedupe_key).like(bindparam("news")), waits


def _closed_at(session: Session, item: Feedback) -> datetime:
    """When an item was given the status that it has now."""
    query = select(History.at).where(History.feedback_id == item.id, History.after == item.status.value)
    found = session.exec(query.where(History.action != Action.UNDONE).order_by(col(History.at).desc())).first()
    return found or item.created_at
