"""Posted digests: the claim that a period is posted once, and the archive."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.models import Digest
from storage.unique import insert_once


def claim(
    session: Session, community_id: int, name: str, period: str, payload: dict[str, Any], late: bool, now: datetime
) -> Digest | None:
    """Claim a period for a digest, in the transaction that owes its message.

    Returns:
        The claim, or None when the period was claimed before. Of two processes that claim at once, the second
        waits for the first to commit, then gets None.
    """
    row = Digest(community_id=community_id, name=name, period=period, late=late, payload=payload, posted_at=now)
    return insert_once(session, row)


def claimed(session: Session, community_id: int, name: str, period: str) -> bool:
    """Whether a period's digest was posted."""
    query = select(Digest.id).where(Digest.community_id == community_id, Digest.name == name, Digest.period == period)
    return session.exec(query).first() is not None


def archive(session: Session, community_id: int, most: int | None = 20) -> list[Digest]:
    """The digests posted last, the oldest of them first."""
    query = select(Digest).where(Digest.community_id == community_id).order_by(col(Digest.id).desc()).limit(most)
    return list(session.exec(query))[::-1]
