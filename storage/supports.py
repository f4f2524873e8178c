"""Stores the supporters and followers of items, each person once, and counts support."""

from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from storage.engine.unique import insert_once
from storage.models import Feedback, Follow, Support


def toggle(session: Session, item: Feedback, member_id: int, now: datetime) -> bool:
    """Add a person's support of an item, or remove it, and update the item's count.

    Returns:
        Whether the person supports it now.
    """
    change = _toggle(session, Support(feedback_id=item.id, member_id=member_id, at=now))
    total = col(Feedback.support) + change
    session.exec(update(Feedback).where(col(Feedback.id) == item.id).values(support=total))
    return change >= 0


def toggle_follow(session: Session, item: Feedback, member_id: int, now: datetime) -> bool:
    """Add a person as a follower of an item, or remove them.

    Returns:
        Whether the person follows it now.
    """
    return _toggle(session, Follow(feedback_id=item.id, member_id=member_id, at=now)) >= 0


def forget_follower(session: Session, item: Feedback, member_id: int) -> None:
    """Remove a person as a follower of an item, as of their own nameless one: the row would reveal its author."""
    session.exec(delete(Follow).where(col(Follow.feedback_id) == item.id, col(Follow.member_id) == member_id))


def total(session: Session, item: Feedback) -> int:
    """An item's support as stored now: that before an import, plus one for each supporter."""
    return session.exec(select(Feedback.support).where(Feedback.id == item.id)).one()


def concerned(session: Session, item: Feedback) -> list[int]:
    """The member ids of those to tell about a change: the named author, supporters and followers, each once."""
    supporters = session.exec(select(col(Support.member_id)).where(Support.feedback_id == item.id))
    followers = session.exec(select(col(Follow.member_id)).where(Follow.feedback_id == item.id))
    found = {item.author_id, *supporters, *followers}
    return sorted(member_id for member_id in found if member_id is not None)


def _toggle(session: Session, row: Support | Follow) -> int:
    """Delete the row if it exists, else insert it.

    Returns:
        The change of the number of rows; 0 when a concurrent transaction inserted the same one.
    """
    table = type(row)
    same = (col(table.feedback_id) == row.feedback_id, col(table.member_id) == row.member_id)
    if session.exec(delete(table).where(*same)).rowcount:
        return -1
    return 1 if insert_once(session, row) else 0
