"""Sealed addresses of nameless authors. Only `bot.delivery.destinations` may import this (import contract)."""

from sqlmodel import Session, col, delete

from storage.engine.columns import Erase, TableRow, neutral, personal
from storage.engine.loading import by_id


class SealedAddress(TableRow, table=True):
    """The encrypted address that messages about a nameless item go to; the key is not in the database."""

    __tablename__ = "sealed_address"

    feedback_id: int = neutral(primary_key=True, foreign_key="feedback.id")
    sealed: bytes = personal("the sealed address an answer goes back to", Erase.ROW)


def keep(session: Session, feedback_id: int, sealed: bytes) -> None:
    """Store the sealed address of an item, which must not have one."""
    session.add(SealedAddress(feedback_id=feedback_id, sealed=sealed))


def find(session: Session, feedback_id: int) -> bytes | None:
    """The sealed address of an item, or None when it has none, as after an erasure."""
    row = by_id(session, SealedAddress, feedback_id)
    return row.sealed if row else None


def drop(session: Session, feedback_id: int) -> None:
    """Delete the sealed address of an item, if any."""
    session.exec(delete(SealedAddress).where(col(SealedAddress.feedback_id) == feedback_id))
