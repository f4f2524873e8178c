"""Counts the open items of a person, whatever month the keyed mark of a nameless one is of."""

import json
from collections.abc import Sequence

from sqlalchemy import JSON, Select, TableValuedAlias, bindparam, cast, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage.engine.prepared import prepared
from storage.models import Feedback


def open_count(session: Session, community_id: int, member_id: int, marks: Sequence[str]) -> int:
    """How many of a person's items are open, named and nameless.

    Args:
        marks: all keyed marks the person has had in the community.
    """
    given = {"community_id": community_id, "member_id": member_id, "marks": json.dumps(list(marks))}
    return int(_open_count.value(session, given))


# Run with every item: built once, since building a statement takes longer than running it.
@prepared()
def _open_count(dialect: str) -> Select[int]:
    open_here = (col(Feedback.community_id) == bindparam("community_id"), col(Feedback.closed_at).is_(None))
    how_many = sa_select(func.count(col(Feedback.id))).where(*open_here)
    named = how_many.where(col(Feedback.author_id) == bindparam("member_id")).scalar_subquery()
    # One statement for any number of marks. Counted for each mark alone, so that each is looked up in the index; joined
    # to the list of them, SQLite would go through the community.
    mark = _each_mark(dialect)
    marked = how_many.where(col(Feedback.author_hash) == mark.c.value).correlate(mark).scalar_subquery()
    return sa_select(named + func.coalesce(func.sum(marked), 0)).select_from(mark)


def _each_mark(dialect: str) -> TableValuedAlias:
    """The marks as rows, from the JSON list of them."""
    if dialect == "postgresql":
        return func.json_array_elements_text(cast(bindparam("marks"), JSON)).table_valued("value", name="mark")
    return func.json_each(bindparam("marks")).table_valued("value", name="mark")
