"""Stores questions of imported chats with what answered them until the team has decided on them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.conditions import NO_WORDS
from storage.engine.unique import insert
from storage.models import PastAnswer

PAGE = 300
"""Rows in one statement."""


@dataclass(frozen=True, slots=True)
class NewPastAnswer:
    """A question and its answer to be stored.

    Attributes:
        mark: the keyed mark of its words.
        weight: how much speaks for it.
    """

    mark: str
    question: str
    text: str
    language: str
    weight: int


def known(session: Session, community_id: int, marks: Sequence[str]) -> set[str]:
    """Those of these marks that are stored, also of what was decided on."""
    found: set[str] = set()
    for start in range(0, len(marks), PAGE):
        query = select(PastAnswer.mark).where(
            PastAnswer.community_id == community_id, col(PastAnswer.mark).in_(marks[start : start + PAGE])
        )
        found.update(session.exec(query))
    return found


def add(session: Session, community_id: int, new: Sequence[NewPastAnswer], at: datetime) -> int:
    """Store those that were never stored; return how many.

    Args:
        new: of what weighs the same, what comes first is shown first.
    """
    added = 0
    for one in reversed(new):
        query = insert(session, PastAnswer).values(community_id=community_id, imported_at=at, **asdict(one))
        query = query.on_conflict_do_nothing(index_elements=["community_id", "mark"])
        added += len(session.scalars(query.returning(col(PastAnswer.id))).all())
    return added


def get(session: Session, past_id: int) -> PastAnswer | None:
    """The one with this id; None when there is none, or it has no words any more."""
    found = session.get(PastAnswer, past_id)
    return found if found and found.text else None


def waiting(session: Session, community_id: int, most: int) -> list[PastAnswer]:
    """Those that wait in a community, what most speaks for first."""
    query = select(PastAnswer).where(PastAnswer.community_id == community_id, col(PastAnswer.text) != NO_WORDS)
    return list(session.exec(query.order_by(col(PastAnswer.weight).desc(), col(PastAnswer.id).desc()).limit(most)))


def total(session: Session, community_id: int) -> int:
    """How many wait in a community."""
    query = select(func.count()).select_from(PastAnswer)
    return session.exec(query.where(PastAnswer.community_id == community_id, col(PastAnswer.text) != NO_WORDS)).one()


def take(session: Session, past_id: int) -> tuple[str, str] | None:
    """Empty one; return its question and its answer, None when another did, so that of two at once one decides."""
    found = session.get(PastAnswer, past_id, with_for_update=True, populate_existing=True)
    if found is None or not found.text:
        return None
    words = found.question, found.text
    found.question = found.text = ""
    session.add(found)
    session.flush()
    return words
