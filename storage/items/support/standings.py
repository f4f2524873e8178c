"""Finds what a person supports or follows."""

from datetime import datetime

from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage.models import Feedback, Follow, Support


def of_member(session: Session, community_id: int, member_id: int) -> dict[int, bool]:
    """The ids of the items that a person supports or follows in a community, the last chosen first.

    Returns:
        By id, whether they support it.
    """
    found: dict[int, tuple[datetime, bool]] = {}
    for table in (Follow, Support):
        query = sa_select(col(Feedback.id), col(table.at)).join(Feedback, col(Feedback.id) == col(table.feedback_id))
        here = (col(table.member_id) == member_id, col(Feedback.community_id) == community_id)
        for own, at in session.execute(query.where(*here)):
            found[own] = at, table is Support
    return {own: supports for own, (_, supports) in sorted(found.items(), key=lambda one: one[1], reverse=True)}
