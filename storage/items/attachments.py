"""Stores and reads the files sent with items."""

from sqlmodel import Session, col, func, select

from storage.engine.unique import add_row
from storage.models import Attachment


def add(session: Session, feedback_id: int, name: str, media_type: str, content: bytes) -> None:
    """Store a file of an item."""
    add_row(session, Attachment(feedback_id=feedback_id, name=name, media_type=media_type, content=content))


def count(session: Session, feedback_id: int) -> int:
    """The number of an item's files; their content is not read."""
    query = select(func.count()).select_from(Attachment)
    return session.exec(query.where(Attachment.feedback_id == feedback_id)).one()


def of_item(session: Session, feedback_id: int) -> list[Attachment]:
    """An item's files with their content, in the order they were stored."""
    query = select(Attachment).where(Attachment.feedback_id == feedback_id)
    return list(session.exec(query.order_by(col(Attachment.id))))
