"""Stores the ready-made reasons of a community, by status and language."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from storage.models import Community, ReadyReason
from storage.vocabulary import Status


def hold(session: Session, community_id: int) -> None:
    """Lock a community's reasons until the transaction ends, so that of two changes the second sees the first."""
    session.exec(select(Community.id).where(Community.id == community_id).with_for_update()).all()


def listed(session: Session, community_id: int, status: Status, language: str) -> list[str] | None:
    """A community's own reasons for a status in a language, in order; None while it has none of its own."""
    query = select(ReadyReason.text).where(
        ReadyReason.community_id == community_id, ReadyReason.status == status, ReadyReason.language == language
    )
    found = list(session.exec(query.order_by(col(ReadyReason.position))))
    return [text for text in found if text] if found else None


def keep(session: Session, community_id: int, status: Status, language: str, texts: Sequence[str]) -> None:
    """Replace a community's reasons for a status in a language; none at all is kept, too.

    They must be held.
    """
    here = (col(ReadyReason.community_id) == community_id, col(ReadyReason.status) == status)
    session.exec(delete(ReadyReason).where(*here, col(ReadyReason.language) == language))
    for position, text in enumerate(texts or [""]):
        row = ReadyReason(community_id=community_id, status=status, language=language, text=text, position=position)
        session.add(row)
    session.flush()
