"""Who supports and who follows an item: each person once."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.models import Feedback, Follow, Support


def toggle(session: Session, item: Feedback, member_id: int, now: datetime) -> bool:
    """Support an item, or take support back; a supporter hears what becomes of it.

    Returns:
        Whether the person supports it now.
    """
    query = select(Support).where(Support.feedback_id == item.id, Support.member_id == member_id)
    found = session.exec(query).first()
    if found:
        session.delete(found)
        session.flush()
        return False
    session.add(Support(feedback_id=item.id, member_id=member_id, at=now))
    session.flush()
    return True


def toggle_follow(session: Session, item: Feedback, member_id: int, now: datetime) -> bool:
    """Follow an item, or stop.

    Returns:
        Whether the person follows it now.
    """
    query = select(Follow).where(Follow.feedback_id == item.id, Follow.member_id == member_id)
    found = session.exec(query).first()
    if found:
        session.delete(found)
        session.flush()
        return False
    session.add(Follow(feedback_id=item.id, member_id=member_id, at=now))
    session.flush()
    return True


def total(session: Session, item: Feedback) -> int:
    """An item's support: counted before an import, and one for each supporter here."""
    query = select(func.count()).select_from(Support).where(Support.feedback_id == item.id)
    return item.base_support + session.exec(query).one()


def concerned(session: Session, item: Feedback) -> list[int]:
    """The people to tell what becomes of an item: its author when named, supporters and followers."""
    supporters = session.exec(select(col(Support.member_id)).where(Support.feedback_id == item.id))
    followers = session.exec(select(col(Follow.member_id)).where(Follow.feedback_id == item.id))
    found = {item.author_id, *supporters, *followers}
    return sorted(member_id for member_id in found if member_id is not None)
