"""Finds items for autocompletion: by the first digits of their number, and the newest ones' texts to search in."""

from sqlmodel import Session, col, or_, select

from storage import conditions
from storage.models import Feedback

LARGEST = 10**9


def beginning(session: Session, community_id: int, digits: str, most: int) -> list[Feedback]:
    """The items the team sees whose number begins with these digits, smallest first; an index range for each length."""
    ranges, low, high = [], int(digits), int(digits) + 1
    while low < LARGEST:
        ranges.append((col(Feedback.number) >= low) & (col(Feedback.number) < high))
        low, high = low * 10 or LARGEST, high * 10
    query = select(Feedback).where(Feedback.community_id == community_id, or_(*ranges), *conditions.team_sees())
    return list(session.exec(query.order_by(col(Feedback.number)).limit(most)))


def newest_words(session: Session, community_id: int, most: int) -> list[tuple[int, str]]:
    """The ids and texts of the newest items that the team sees, newest first."""
    query = select(Feedback.id, Feedback.text).where(Feedback.community_id == community_id, *conditions.team_sees())
    return list(session.exec(query.order_by(col(Feedback.created_at).desc()).limit(most)))
