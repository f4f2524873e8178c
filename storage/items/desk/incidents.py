"""Stores known issues: items with a text that people who have the same problem are shown."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, literal_column
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, update

from storage.conditions import literal
from storage.engine.loading import by_id, loaded, one_by_id
from storage.models import Feedback, Incident
from storage.vocabulary import Publication, Status

MOST = 20
"""The most known issues of a community that are read, newest first."""


def keep(session: Session, item: Feedback, text: str, language: str, by: int | None, now: datetime) -> Incident:
    """Store that an item is a known issue, with the text to show; replaces an earlier text."""
    found = of_item(session, item.id) or Incident(
        feedback_id=item.id, community_id=item.community_id, text=text, language=language, opened_at=now
    )
    if found.closed_at is not None:
        found.opened_at, found.closed_at = now, None
    found.text, found.language, found.opened_by = text, language, by
    session.add(found)
    session.flush()
    return found


def of_item(session: Session, feedback_id: int) -> Incident | None:
    """The known issue of an item, open or over; None when it is none."""
    return by_id(session, Incident, feedback_id)


def close(session: Session, feedback_id: int, now: datetime) -> bool:
    """Store that a known issue is over; False when the item has none that is open."""
    own = (col(Incident.feedback_id) == feedback_id, col(Incident.closed_at).is_(None))
    return bool(session.exec(update(Incident).where(*own).values(closed_at=now)).rowcount)


def running(session: Session, community_id: int) -> list[tuple[Incident, Feedback]]:
    """The open known issues of a community, newest first, each with its item, which is open too."""
    found = _running.all(session, {"community_id": community_id})
    return [(one, one_by_id(session, Feedback, one.feedback_id)) for one in found]


@loaded(Incident)
def _running(_: str) -> Select[Incident]:
    query = sa_select(Incident).join(Feedback, col(Feedback.id) == col(Incident.feedback_id))
    here = (col(Incident.community_id) == bindparam("community_id"), col(Incident.closed_at).is_(None))
    return query.where(*here, *_stands()).order_by(col(Incident.opened_at).desc()).limit(literal_column(str(MOST)))


def _stands() -> tuple[ColumnElement[bool], ...]:
    """The condition for items that have not been closed, withdrawn or removed from view meanwhile."""
    shown = col(Feedback.publication) != literal(Publication.REMOVED)
    return col(Feedback.closed_at).is_(None), col(Feedback.status) != literal(Status.WITHDRAWN), shown
