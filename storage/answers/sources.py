"""Stores the files, folders and pages a community's answers come from."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, delete, select

from storage.engine.unique import insert
from storage.models import KnowledgeSource


def keep(session: Session, community_id: int, place: str, version: str, at: datetime) -> None:
    """Store that a source was read.

    Args:
        version: a value that differs once the source has changed, such as a digest or an ETag.
    """
    said = {"version": version, "read_at": at}
    query = insert(session, KnowledgeSource).values({"community_id": community_id, "place": place, **said})
    session.execute(query.on_conflict_do_update(index_elements=["community_id", "place"], set_=said))


def every(session: Session, community_id: int) -> list[KnowledgeSource]:
    """A community's sources, ordered by place."""
    query = select(KnowledgeSource).where(KnowledgeSource.community_id == community_id)
    return list(session.exec(query.order_by(col(KnowledgeSource.place))))


def read_at(session: Session, community_id: int, place: str) -> datetime | None:
    """When a source was last read; None for what is not a source itself, such as a file within a folder."""
    query = select(KnowledgeSource.read_at).where(
        KnowledgeSource.community_id == community_id, KnowledgeSource.place == place
    )
    return session.exec(query).first()


def drop(session: Session, community_id: int, places: Collection[str]) -> None:
    """Delete sources that are no longer configured; answers from them stay."""
    theirs = col(KnowledgeSource.community_id) == community_id
    session.exec(delete(KnowledgeSource).where(theirs, col(KnowledgeSource.place).in_(list(places))))
