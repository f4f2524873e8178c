"""Posted digests: the claim that a period is posted once, and the archive."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.engine.unique import insert_once, table_of
from storage.models import Community, Digest, Mention, Place

DAY = "____-__-__"
"""What the period of a digest that came when it was due looks like."""


def hold(session: Session, community_id: int | None = None) -> None:
    """Until this transaction ends, nobody else posts a digest here, or erases a person whom one may quote.

    On SQLite there is one writer at a time anyway. Held before anything else is, so that no two wait for each other.

    Args:
        community_id: of this community alone; None: of every one.
    """
    query = select(Community.id).order_by(col(Community.id)).with_for_update(key_share=True)
    session.exec(query if community_id is None else query.where(Community.id == community_id)).all()


def delivery_key(community_id: int, name: str, period: str) -> str:
    """What makes the delivery of a digest unique."""
    return f"digest:{community_id}:{name}:{period}"


def claim(
    session: Session,
    community_id: int,
    name: str,
    period: str,
    payload: dict[str, Any],
    late: bool,
    now: datetime,
    items: Collection[int] = (),
    questions: Collection[int] = (),
) -> Digest | None:
    """Claim a period for a digest, in the transaction that owes its message.

    Args:
        items: the items it may quote, by which it is found when they are taken back.
        questions: likewise.

    Returns:
        The claim, or None when the period was claimed before. Of two processes that claim at once, the second
        waits for the first to commit, then gets None.
    """
    row = Digest(community_id=community_id, name=name, period=period, late=late, payload=payload, posted_at=now)
    claimed = insert_once(session, row)
    if claimed:
        _mention(session, claimed.id, items, questions)
    return claimed


def quoting(session: Session, items: Collection[int], questions: Collection[int] = ()) -> list[Digest]:
    """The digests that may quote one of these, the oldest first; until this transaction ends nobody else changes them.

    Returns:
        Digests of any community.
    """
    theirs = col(Mention.feedback_id).in_(items) | col(Mention.question_id).in_(questions)
    found = select(Digest).where(col(Digest.id).in_(select(Mention.digest_id).where(theirs))).order_by(col(Digest.id))
    # Another transaction may have taken words out of the same digest: what is changed is read once that is done.
    return list(session.exec(found.with_for_update().execution_options(populate_existing=True)))


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


def _mention(session: Session, digest_id: int, items: Collection[int], questions: Collection[int]) -> None:
    named = [{"feedback_id": one, "question_id": None} for one in sorted(set(items))]
    named += [{"feedback_id": None, "question_id": one} for one in sorted(set(questions))]
    if named:
        session.connection().execute(table_of(Mention).insert(), [{"digest_id": digest_id, **one} for one in named])
