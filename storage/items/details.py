"""Stores the answers to a community's own questions about its items."""

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from storage.models import Detail


def add(session: Session, feedback_id: int, answers: Mapping[str, str]) -> None:
    """Store the answers about a new item, by the question's key."""
    session.add(Detail(feedback_id=feedback_id, answers=dict(answers)))


def of_items(session: Session, items: Collection[int]) -> dict[int, dict[str, str]]:
    """The answers about each of these items that has some, by the item's id."""
    query = select(Detail).where(col(Detail.feedback_id).in_(list(items)))
    return {row.feedback_id: row.answers for row in session.exec(query)}
