"""Stores posted digests: the claim on a period, so that it is posted once, and the archive."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, bindparam, literal_column
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, or_, select

from storage.engine.listing import among, listed
from storage.engine.loading import loaded
from storage.engine.prepared import prepared
from storage.engine.unique import insert_once, table_of
from storage.models import Community, Digest, DigestOwner, Mention, Outbox, Place
from storage.vocabulary import Delivery

DAY = "____-__-__"
"""The LIKE pattern of a period that is a date: that of a scheduled digest, not of one posted on request."""


def hold(session: Session, community_id: int | None = None) -> None:
    """Lock communities until the transaction ends: no other one can post a digest there or erase a person meanwhile.

    Must be the first lock of a transaction, so that two cannot deadlock. On SQLite, which has one writer, it locks
    nothing.

    Args:
        community_id: the community; None for all.
    """
    (_hold if community_id is None else _hold_one).rows(session, {"id": community_id})


def delivery_key(community_id: int, name: str, period: str) -> str:
    """The unique key of a digest's delivery in the outbox."""
    return f"digest:{community_id}:{name}:{period}"


def by_key(session: Session, key: str) -> Digest | None:
    """The digest of a delivery, by its unique key; None when there is none any more."""
    _, community_id, name, period = (*key.split(":", 3), "", "", "")[:4]
    query = select(Digest).where(Digest.name == name, Digest.period == period)
    return session.exec(query.where(Digest.community_id == int(community_id))).first() if name else None


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
    owners: Mapping[int, str] = MappingProxyType({}),
) -> Digest | None:
    """Claim a period for a digest, in the transaction that adds its message to the outbox.

    Args:
        items: the ids of the items it may quote, by which `quoting` finds it.
        questions: the ids of the questions it may quote, likewise.
        owners: by member id, the names of those it says take care of something, by which `naming` finds it.

    Returns:
        The stored digest, or None when the period was claimed before. Of two concurrent claims, the second waits
        for the first to commit, then gets None.
    """
    row = Digest(community_id=community_id, name=name, period=period, late=late, payload=payload, posted_at=now)
    claimed = insert_once(session, row)
    if claimed:
        _mention(session, claimed.id, items, questions)
        for own, called in owners.items():
            session.add(DigestOwner(digest_id=claimed.id, member_id=own, name=called, posted_at=now))
    return claimed


def naming(session: Session, member_id: int) -> Iterator[tuple[Digest, str]]:
    """The digests that say a member takes care of something, locked likewise, each with the name they have in it."""
    for digest_id, name in _naming.rows(session, {"member": member_id}):
        row = session.get(Digest, digest_id, with_for_update=True, populate_existing=True)
        if row is not None:
            yield row, name


def quoting(session: Session, items: Collection[int], questions: Collection[int] = ()) -> list[Digest]:
    """The digests that may quote one of these items or questions, locked until the transaction ends.

    Returns:
        Digests of any community, the oldest first.
    """
    # Read after the lock is taken: another transaction may have just redacted the same digest.
    return _quoting.all(session, {"items": listed(items), "questions": listed(questions)})


def claimed(session: Session, community_id: int, name: str, period: str) -> bool:
    """Whether the digest of a period was posted."""
    query = select(Digest.id).where(Digest.community_id == community_id, Digest.name == name, Digest.period == period)
    return session.exec(query).first() is not None


def posted_since(session: Session, community_id: int, name: str, period: str) -> bool:
    """Whether the scheduled digest of a day, or of a later one, was posted; those posted on request do not count."""
    query = select(Digest.id).where(Digest.community_id == community_id, Digest.name == name)
    return session.exec(query.where(Digest.period >= period, col(Digest.period).like(DAY))).first() is not None


def shown_last(session: Session, community_id: int, until: datetime, items: Collection[int]) -> set[int]:
    """Which of these items the last scheduled digest posted by an instant may show."""
    given = {"community_id": community_id, "until": until, "items": listed(items)}
    return {own for (own,) in _shown_last.rows(session, given)}


def last_day(session: Session, community_id: int, since: datetime) -> date | None:
    """The day of the last scheduled digest, if it was posted since an instant."""
    query = select(Digest.period).where(Digest.community_id == community_id, col(Digest.period).like(DAY))
    last = session.exec(query.where(Digest.posted_at >= since).order_by(col(Digest.posted_at).desc()).limit(1)).first()
    return date.fromisoformat(last) if last else None


def ahead(session: Session, community_id: int, name: str, today: str, *, hold: bool = False) -> list[Digest]:
    """The scheduled digests of days after today, which only a wrong clock can have claimed.

    Args:
        hold: whether to lock them until the transaction ends.
    """
    query = select(Digest).where(Digest.community_id == community_id, Digest.name == name)
    query = query.where(Digest.period > today, col(Digest.period).like(DAY))
    return list(session.exec(query.with_for_update() if hold else query))


def take_back(session: Session, row: Digest) -> None:
    """Free the period of a digest, which stays in the archive; what of it was not sent yet never is."""
    key, row.period = delivery_key(row.community_id, row.name, row.period), f"{row.period} taken back ({row.id})"
    owed = session.exec(select(Outbox).where(Outbox.dedupe_key == key)).first()
    if owed is not None and owed.state is Delivery.SENT:
        owed.dedupe_key = delivery_key(row.community_id, row.name, row.period)
    elif owed is not None:
        session.delete(owed)


def of_period(session: Session, community_id: int, period: str) -> list[Digest]:
    """The digests posted for a period, one for each name, the oldest first."""
    query = select(Digest).where(Digest.community_id == community_id, Digest.period == period)
    return list(session.exec(query.order_by(col(Digest.id))))


def destination(
    session: Session, community_id: int, platform: str, external_id: str, readers: Collection[str] = ()
) -> Place | None:
    """A place a digest is posted to other than the staff place; a new one is added to the community.

    Args:
        readers: the keys of the communities whose digests are read there together.

    Returns:
        The place, or None when it belongs to a community that is none of these.
    """
    insert_once(session, Place(community_id=community_id, platform=platform, external_id=external_id, team=True))
    query = select(Place).where(Place.platform == platform, Place.external_id == external_id)
    together = select(Community.id).where(col(Community.key).in_(readers))
    own = or_(col(Place.community_id) == community_id, col(Place.community_id).in_(together))
    return session.exec(query.where(own)).first()


def archive(session: Session, community_id: int, most: int | None = 20) -> list[Digest]:
    """The digests posted last, at most so many (None: all), the oldest of them first."""
    query = select(Digest).where(Digest.community_id == community_id).order_by(col(Digest.id).desc()).limit(most)
    return list(session.exec(query))[::-1]


def _mention(session: Session, digest_id: int, items: Collection[int], questions: Collection[int]) -> None:
    named = [{"feedback_id": one, "question_id": None} for one in sorted(set(items))]
    named += [{"feedback_id": None, "question_id": one} for one in sorted(set(questions))]
    if named:
        session.connection().execute(table_of(Mention).insert(), [{"digest_id": digest_id, **one} for one in named])


# Run for everybody who is erased: built once, since building a statement takes longer than running it.
@prepared()
def _hold(_: str) -> Select[int]:
    return sa_select(col(Community.id)).order_by(col(Community.id)).with_for_update(key_share=True)


@prepared()
def _hold_one(_: str) -> Select[int]:
    return sa_select(col(Community.id)).where(col(Community.id) == bindparam("id")).with_for_update(key_share=True)


@prepared()
def _naming(_: str) -> Select[int, str]:
    query = sa_select(col(DigestOwner.digest_id), col(DigestOwner.name))
    return query.where(col(DigestOwner.member_id) == bindparam("member")).order_by(col(DigestOwner.digest_id))


@prepared()
def _shown_last(dialect: str) -> Select[int | None]:
    scheduled = (col(Digest.community_id) == bindparam("community_id"), col(Digest.period).like(DAY))
    last = sa_select(col(Digest.id)).where(*scheduled, col(Digest.posted_at) <= bindparam("until"))
    last = last.order_by(col(Digest.posted_at).desc()).limit(literal_column("1"))
    of_last = col(Mention.digest_id) == last.scalar_subquery()
    return sa_select(col(Mention.feedback_id)).where(among(dialect, col(Mention.feedback_id), "items"), of_last)


@loaded(Digest, anew=True)
def _quoting(dialect: str) -> Select[Digest]:
    theirs = among(dialect, col(Mention.feedback_id), "items") | among(dialect, col(Mention.question_id), "questions")
    quoting = sa_select(col(Mention.digest_id)).where(theirs)
    return sa_select(Digest).where(col(Digest.id).in_(quoting)).order_by(col(Digest.id)).with_for_update()
