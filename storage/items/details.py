"""Stores the answers to a community's own questions about its items."""

from collections.abc import Collection, Mapping
from functools import cache

from sqlalchemy import Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage.models import Detail


def add(session: Session, feedback_id: int, answers: Mapping[str, str]) -> None:
    """Store the answers about a new item, by the question's key."""
    session.add(Detail(feedback_id=feedback_id, answers=dict(answers)))


def of_items(session: Session, items: Collection[int]) -> dict[int, dict[str, str]]:
    """The answers about each of these items that has some, by the item's id."""
    found = session.execute(_of_items(), {"items": list(items)}) if items else ()
    return {item: dict(answers) for item, answers in found}


# Asked with every card: built once, since building a statement takes longer than running it.
@cache
def _of_items() -> Select[int, dict[str, str]]:
    own = col(Detail.feedback_id)
    return sa_select(own, col(Detail.answers)).where(own.in_(bindparam("items", expanding=True)))
