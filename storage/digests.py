"""Posted digests: the claim that a period is posted once, and the archive."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.models import Digest, Place
from storage.unique import insert_once

DAY = "____-__-__"
"""What the period of a digest that came when it was due looks like."""


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


def posted_since(session: Session, community_id: int, name: str, period: str) -> bool:
    """Whether a digest was posted for a day or a later one; one somebody asked for in between is not for a day."""
    query = select(Digest.id).where(Digest.community_id == community_id, Digest.name == name)
    return session.exec(query.where(Digest.period >= period, col(Digest.period).like(DAY))).first() is not None


def of_period(session: Session, community_id: int, period: str) -> list[Digest]:
    """The digests of a period, of each name one."""
    query = select(Digest).where(Digest.community_id == community_id, Digest.period == period)
    return list(session.exec(query.order_by(col(Digest.id))))


def destination(session: Session, community_id: int, platform: str, external_id: str) -> Place | None:
    """A place a community's digests go to beside its staff place, joined to the community if it is new.

    Returns:
        The place, or None when it belongs to another community.
    """
    insert_once(session, Place(community_id=community_id, platform=platform, external_id=external_id))
    query = select(Place).where(Place.platform == platform, Place.external_id == external_id)
    return session.exec(query.where(Place.community_id == community_id)).first()


def archive(session: Session, community_id: int, most: int | None = 20) -> list[Digest]:
    """The digests posted last, the oldest of them first."""
    query = select(Digest).where(Digest.community_id == community_id).order_by(col(Digest.id).desc()).limit(most)
    return list(session.exec(query))[::-1]
