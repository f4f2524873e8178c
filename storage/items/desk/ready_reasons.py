"""Stores the ready-made reasons of a community, by status and language."""

from collections.abc import Mapping

from sqlalchemy import Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, select

from storage.engine.prepared import prepared
from storage.models import Community, ReadyReason
from storage.vocabulary import Status


def hold(session: Session, community_id: int) -> None:
    """Lock a community's reasons until the transaction ends, so that concurrent changes follow one another."""
    session.exec(select(Community.id).where(Community.id == community_id).with_for_update()).all()


def placed(session: Session, community_id: int, status: Status) -> dict[str, dict[int, str]]:
    """A community's own reasons for a status, by language and position; languages without any are left out.

    The same position in two languages means the same reason. A removed reason is empty, so that positions do not shift.
    """
    found: dict[str, dict[int, str]] = {}
    for language, position, text in _placed.rows(session, {"community_id": community_id, "status": status}):
        found.setdefault(language, {})[position] = text
    return found


def keep(session: Session, community_id: int, status: Status, language: str, texts: Mapping[int, str]) -> None:
    """Replace a community's reasons for a status in a language, by position; an empty mapping is stored as such.

    They must be locked (`hold`).
    """
    here = (col(ReadyReason.community_id) == community_id, col(ReadyReason.status) == status)
    session.exec(delete(ReadyReason).where(*here, col(ReadyReason.language) == language))
    for position, text in texts.items():
        row = ReadyReason(community_id=community_id, status=status, language=language, text=text, position=position)
        session.add(row)
    session.flush()


# Run with every card of the queue: built once, since building a statement takes longer than running it.
@prepared()
def _placed(_: str) -> Select[str, int, str]:
    query = sa_select(col(ReadyReason.language), col(ReadyReason.position), col(ReadyReason.text))
    here = (col(ReadyReason.community_id) == bindparam("community_id"), col(ReadyReason.status) == bindparam("status"))
    return query.where(*here).order_by(col(ReadyReason.position))
