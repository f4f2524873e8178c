"""Finds items of a span that may be quoted in public."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage import conditions
from storage.models import Feedback
from storage.reports.spans import Areas, filed_in
from storage.vocabulary import Kind


def permitted(
    session: Session,
    community_id: int,
    since: datetime,
    until: datetime,
    areas: Areas = (),
    *,
    most: int,
    kind: Kind | None = None,
) -> list[Feedback]:
    """The items that may be quoted, newest first, at most `most`.

    Args:
        areas: the areas to read; empty for everything.
        kind: the kind to read; None for every kind.
    """
    query = select(Feedback).where(*filed_in(community_id, since, until, areas))
    query = query.where(*conditions.quotable())
    own = query if kind is None else query.where(Feedback.kind == kind)
    return list(session.exec(own.order_by(col(Feedback.created_at).desc(), col(Feedback.id).desc()).limit(most)))
