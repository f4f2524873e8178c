"""The messages of a span of which no author is known, and the areas there were before it."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from storage import conditions
from storage.models import Feedback
from storage.reports.reporting import Areas


def by_area(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = ()
) -> dict[str | None, int]:
    """Messages without an author by area (None: no area); areas without any are left out."""
    query = (
        select(Feedback.area, func.count())
        .where(Feedback.community_id == community_id, *conditions.in_view(), *conditions.unsigned())
        .where(Feedback.created_at >= since, Feedback.created_at < until)
    )
    about = query.where(col(Feedback.area).in_(areas)) if areas else query
    return dict(session.exec(about.group_by(col(Feedback.area))).all())


def heard_before(
    session: Session, community_id: int, before: datetime, areas: Collection[str | None]
) -> set[str | None]:
    """Which of these areas (None: no area) had a message before an instant."""
    which = or_(col(Feedback.area).in_([area for area in areas if area is not None]), col(Feedback.area).is_(None))
    query = select(Feedback.area).where(Feedback.community_id == community_id, Feedback.created_at < before, which)
    return set(session.exec(query.distinct())) & set(areas)
