"""Stores the answers to a community's own questions about its items."""

from collections.abc import Collection, Mapping

from sqlalchemy import Select
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage.engine.listing import among, listed
from storage.engine.prepared import prepared
from storage.models import Detail


def add(session: Session, feedback_id: int, answers: Mapping[str, str]) -> None:
    """Store the answers about a new item, by the question's key."""
    session.add(Detail(feedback_id=feedback_id, answers=dict(answers)))


def of_items(session: Session, items: Collection[int]) -> dict[int, dict[str, str]]:
    """The answers about these items, by item id; items without answers are left out."""
    found = _of_items.rows(session, {"items": listed(items)}) if items else ()
    return {item: dict(answers) for item, answers in found}


# Run for every card: built once, since building a statement takes longer than running it.
@prepared()
def _of_items(dialect: str) -> Select[int, dict[str, str]]:
    own = col(Detail.feedback_id)
    return sa_select(own, col(Detail.answers)).where(among(dialect, own, "items"))
