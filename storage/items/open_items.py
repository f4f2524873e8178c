"""Counts and reads the open items of a person, named and nameless, of any month's keyed mark."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, literal_column, union_all
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage.engine.listing import each
from storage.engine.prepared import prepared
from storage.models import Feedback
from storage.vocabulary import Kind

NEWEST = 100
"""The most items of a person whose texts are read."""


def open_count(session: Session, community_id: int, member_id: int, marks: Sequence[str]) -> int:
    """How many of a person's items are open, named and nameless.

    Args:
        marks: all keyed marks the person has had in the community.
    """
    given = {"community_id": community_id, "member_id": member_id, "marks": json.dumps(list(marks))}
    return int(_open_count.value(session, given))


class Words(NamedTuple):
    """The text of an open item."""

    id: int
    kind: Kind
    text: str
    nameless: bool


def words_of(session: Session, community_id: int, member_id: int, marks: Sequence[str]) -> list[Words]:
    """The texts of a person's newest open items, named and nameless, newest first.

    Args:
        marks: all keyed marks the person has had in the community.
    """
    given = {"community_id": community_id, "member_id": member_id}
    return [Words(*row) for row in _words_of.rows(session, {**given, "marks": json.dumps(list(marks))})]


# Run with every item: built once, since building a statement takes longer than running it.
@prepared()
def _open_count(dialect: str) -> Select[int]:
    open_here = (col(Feedback.community_id) == bindparam("community_id"), col(Feedback.closed_at).is_(None))
    how_many = sa_select(func.count(col(Feedback.id))).where(*open_here)
    named = how_many.where(col(Feedback.author_id) == bindparam("member_id")).scalar_subquery()
    # One statement for any number of marks. Counted for each mark separately, so that each uses the index; joined
    # to the list of them, SQLite would go through the community.
    mark = each(dialect, "marks")
    marked = how_many.where(col(Feedback.author_hash) == mark.c.value).correlate(mark).scalar_subquery()
    return sa_select(named + func.coalesce(func.sum(marked), 0)).select_from(mark)


@prepared()
def _words_of(dialect: str) -> Select[tuple[int, Kind, str, bool]]:
    columns = (col(Feedback.id), col(Feedback.kind), col(Feedback.text), col(Feedback.nameless))
    open_here = (col(Feedback.community_id) == bindparam("community_id"), col(Feedback.closed_at).is_(None))
    query = sa_select(*columns, col(Feedback.created_at)).where(*open_here)
    # As a union: with OR, SQLite would read all items of the community.
    marks = sa_select(each(dialect, "marks").c.value).scalar_subquery()
    named = query.where(col(Feedback.author_id) == bindparam("member_id"))
    both = union_all(named, query.where(col(Feedback.author_hash).in_(marks))).subquery()
    newest = sa_select(both.c.id, both.c.kind, both.c.text, both.c.nameless)
    # A literal: SQLite parses a statement again each time a number is bound to its LIMIT.
    return newest.order_by(both.c.created_at.desc(), both.c.id.desc()).limit(literal_column(str(NEWEST)))
