"""The messages of a span of which no author is known, and the areas there were before it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

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
    # One look for each area, which ends at the first message: read together, all there ever was would be read.
    before_ = (Feedback.community_id == community_id, col(Feedback.created_at) < before)
    return {area for area in areas if session.exec(select(Feedback.id).where(*before_, _of(area)).limit(1)).first()}


def _of(area: str | None) -> ColumnElement[bool]:
    return col(Feedback.area).is_(None) if area is None else col(Feedback.area) == area
