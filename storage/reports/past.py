"""Reconstructs from histories what status items had at an earlier instant."""

from datetime import datetime

from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage import conditions
from storage.models import Feedback, History
from storage.reports.spans import Areas
from storage.vocabulary import Action, Status


def statuses(
    session: Session, community_id: int, at: datetime, areas: Areas = ()
) -> dict[int, tuple[Feedback, Status]]:
    """By id, the items filed before an instant whose status changed since, with their status at that instant.

    Args:
        areas: the areas to read; empty for everything.
    """
    query = sa_select(Feedback, col(History.before)).join(History, col(History.feedback_id) == col(Feedback.id))
    query = query.where(col(Feedback.community_id) == community_id, *conditions.team_sees())
    query = query.where(col(History.action) == conditions.literal(Action.STATUS), col(History.at) >= at)
    query = query.where(col(Feedback.created_at) < at, col(History.before).is_not(None))
    if areas:
        query = query.where(col(Feedback.area).in_(areas))
    found: dict[int, tuple[Feedback, Status]] = {}
    for item, before in session.execute(query.order_by(col(History.at), col(History.id))):
        found.setdefault(item.id, (item, Status(before)))
    return found
