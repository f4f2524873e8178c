"""Who supports and who follows an item: each person once."""

from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from storage.engine.unique import insert_once
from storage.models import Feedback, Follow, Support


def toggle(session: Session, item: Feedback, member_id: int, now: datetime) -> bool:
    """Support an item, or take support back; a supporter hears what becomes of it.

    Returns:
        Whether the person supports it now.
    """
    change = _toggle(session, Support(feedback_id=item.id, member_id=member_id, at=now))
    total = col(Feedback.support) + change
    session.exec(update(Feedback).where(col(Feedback.id) == item.id).values(support=total))
    return change >= 0


def toggle_follow(session: Session, item: Feedback, member_id: int, now: datetime) -> bool:
    """Follow an item, or stop.

    Returns:
        Whether the person follows it now.
    """
    return _toggle(session, Follow(feedback_id=item.id, member_id=member_id, at=now)) >= 0


def forget_follower(session: Session, item: Feedback, member_id: int) -> None:
    """Drop a person's following of an item, whose author must not be told by it."""
    session.exec(delete(Follow).where(col(Follow.feedback_id) == item.id, col(Follow.member_id) == member_id))


def total(session: Session, item: Feedback) -> int:
    """An item's support: counted before an import, and one for each supporter here."""
    return session.exec(select(Feedback.support).where(Feedback.id == item.id)).one()


def concerned(session: Session, item: Feedback) -> list[int]:
    """The people to tell what becomes of an item: its author when named, supporters and followers."""
    supporters = session.exec(select(col(Support.member_id)).where(Support.feedback_id == item.id))
    followers = session.exec(select(col(Follow.member_id)).where(Follow.feedback_id == item.id))
    found = {item.author_id, *supporters, *followers}
    return sorted(member_id for member_id in found if member_id is not None)


def _toggle(session: Session, row: Support | Follow) -> int:
    """Take the row back if it is there, else store it.

    Returns:
        How many rows more there are: none when the same person pressed twice at once.
    """
    table = type(row)
    same = (col(table.feedback_id) == row.feedback_id, col(table.member_id) == row.member_id)
    if session.exec(delete(table).where(*same)).rowcount:
        return -1
    return 1 if insert_once(session, row) else 0
