"""Stores the words a moderator chose for a community, and its preset."""

from sqlalchemy import Executable, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, update

from storage.engine.prepared import prepared
from storage.engine.unique import table_of
from storage.models import Community, Word


def of_community(session: Session, community_id: int) -> dict[str, dict[str, str]]:
    """The words of a community, by language and usual English word."""
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
    """Store the words, by language, in the place of a usual one; with none, the usual one is back."""
    session.exec(delete(Word).where(col(Word.community_id) == community_id, col(Word.usual) == usual))
    rows = (Word(community_id=community_id, language=code, usual=usual, text=text) for code, text in texts.items())
    session.add_all(rows)


def choose(session: Session, community_id: int, preset: str) -> None:
    """Store the preset of a community; an empty one says that it is to have none."""
    session.exec(update(Community).where(col(Community.id) == community_id).values(preset=preset))
