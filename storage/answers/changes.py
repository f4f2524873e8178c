"""Stores the state before each change of the knowledge, so that the change can be undone."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from storage.models import KnowledgeChange

MOST_KEPT = 20
"""How many of a community's newest changes can be undone."""


def keep(session: Session, community_id: int, at: datetime, before: str) -> int:
    """Store a change with the state before it, delete the oldest changes, and return its id."""
    change = KnowledgeChange(community_id=community_id, at=at, before=before)
    session.add(change)
    session.flush()
    theirs = col(KnowledgeChange.community_id) == community_id
    newest = select(KnowledgeChange.id).where(theirs).order_by(col(KnowledgeChange.id).desc()).limit(MOST_KEPT)
    kept = list(session.exec(newest))
    session.exec(delete(KnowledgeChange).where(theirs, col(KnowledgeChange.id).not_in(kept)))
    return change.id


def every(session: Session, community_id: int) -> list[KnowledgeChange]:
    """The changes of a community that can be undone, the newest first."""
    query = select(KnowledgeChange).where(KnowledgeChange.community_id == community_id)
    return list(session.exec(query.order_by(col(KnowledgeChange.id).desc())))


def take(session: Session, community_id: int, change_id: int | None) -> KnowledgeChange | None:
    """Delete and return a change, the newest without an id; None when there is none."""
    query = select(KnowledgeChange).where(KnowledgeChange.community_id == community_id)
    if change_id is not None:
        query = query.where(KnowledgeChange.id == change_id)
    found = session.exec(query.order_by(col(KnowledgeChange.id).desc()).limit(1)).first()
    if found:
        session.expunge(found)
        session.exec(delete(KnowledgeChange).where(col(KnowledgeChange.id) == found.id))
    return found
