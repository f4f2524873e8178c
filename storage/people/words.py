"""Stores a community's own words and its preset, both chosen by a moderator."""

from sqlalchemy import Executable, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, update

from storage.engine.prepared import prepared
from storage.engine.unique import table_of
from storage.models import Community, Word


def of_community(session: Session, community_id: int) -> dict[str, dict[str, str]]:
    """A community's own words by language and by the usual English word."""
    found: dict[str, dict[str, str]] = {}
    for language, usual, text in _of_community.rows(session, {"community_id": community_id}):
        found.setdefault(language, {})[usual] = text
    return found


@prepared()
def _of_community(_: str) -> Executable:
    row = table_of(Word).c
    theirs = sa_select(row.language, row.usual, row.text).where(row.community_id == bindparam("community_id"))
    return theirs.order_by(row.id)


def put(session: Session, community_id: int, usual: str, texts: dict[str, str]) -> None:
    """Store a community's own words for a usual one, by language; an empty mapping restores the usual one."""
    session.exec(delete(Word).where(col(Word.community_id) == community_id, col(Word.usual) == usual))
    rows = (Word(community_id=community_id, language=code, usual=usual, text=text) for code, text in texts.items())
    session.add_all(rows)


def choose(session: Session, community_id: int, preset: str) -> None:
    """Store a community's preset; empty for none, whatever the settings say."""
    session.exec(update(Community).where(col(Community.id) == community_id).values(preset=preset))
