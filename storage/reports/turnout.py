"""Counts the messages of a span, the people who wrote them, and those of them who wrote for the first time."""

from datetime import datetime
from typing import Any

from sqlalchemy import Label, Select, Subquery, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage.engine.prepared import prepared
from storage.models import Feedback, Question
from storage.reports import spans
from storage.reports.reporting import Count
from storage.reports.spans import Areas
from storage.vocabulary import Status


def total(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = (), *, asking: bool = False
) -> Count:
    """The number of items, with `asking` also of questions, and the number of distinct people they are from.

    People = distinct named authors and askers + distinct keyed marks of nameless ones. A person who wrote both ways
    counts twice: an exact total could reveal which of a few people a nameless item is from.
    """
    query = _total_asking if asking else _total
    ((messages, named, nameless),) = query.rows(session, spans.given(community_id, since, until, areas))
    return Count(messages, named + nameless)


def new_voices(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = (), *, asking: bool = False
) -> int:
    """How many of the named people counted by `total` had neither written nor asked anything, by name, before.

    Nameless ones are left out: as their marks change every month, they would always seem new.
    """
    query = _unheard_asking if asking else _unheard
    return int(query.value(session, spans.given(community_id, since, until, areas)))


@prepared()
def _total(dialect: str) -> "Select[*tuple[Any, ...]]":
    return _count(dialect, asking=False)


@prepared()
def _total_asking(dialect: str) -> "Select[*tuple[Any, ...]]":
    return _count(dialect, asking=True)


@prepared()
def _unheard(dialect: str) -> Select[int]:
    return _count_new(dialect, asking=False)


@prepared()
def _unheard_asking(dialect: str) -> Select[int]:
    return _count_new(dialect, asking=True)


def _count(dialect: str, *, asking: bool) -> "Select[*tuple[Any, ...]]":
    """Counts the messages, and their named and nameless authors."""
    heard = (_named(dialect, asking=asking), _nameless(dialect, asking=asking))
    people = (sa_select(func.count(found.c.who)).scalar_subquery() for found in heard)
    messages: Any = sa_select(func.count(col(Feedback.id))).where(*spans.filed(dialect)).scalar_subquery()
    if asking:
        messages += sa_select(func.count(col(Question.id))).where(*spans.asked()).scalar_subquery()
    return sa_select(messages, *people)


def _count_new(dialect: str, *, asking: bool) -> Select[int]:
    """Counts the named people who had neither written nor asked anything before.

    The expressions prevent SQLite from using the indexes by date, in which it would go through everything written
    before, once for each person.
    """
    found, since, here = _named(dialect, asking=asking), spans.instant("since"), spans.community()
    wrote = sa_select(col(Feedback.id)).where(
        col(Feedback.author_id) == found.c.who,
        func.coalesce(col(Feedback.community_id), 0) == here,
        func.coalesce(col(Feedback.created_at), since) < since,
        col(Feedback.status) != Status.WITHDRAWN,
    )
    # By a count, not by EXISTS: PostgreSQL would turn that into a join, and read all nameless questions.
    mine, own = col(Question.asker_id) == found.c.who, func.coalesce(col(Question.community_id), 0) == here
    before = func.coalesce(col(Question.asked_at), since) < since
    asked = sa_select(func.count(col(Question.id))).where(mine, own, before)
    return sa_select(func.count(found.c.who)).where(~wrote.exists(), asked.scalar_subquery() == 0)


def _named(dialect: str, *, asking: bool) -> Subquery:
    """A subquery of the distinct named authors, with `asking` also askers, in the column `who`."""
    who: Label[int | None] = col(Feedback.author_id).label("who")
    wrote = sa_select(who).where(*spans.filed(dialect)).distinct()
    if not asking:
        return wrote.subquery()
    return wrote.union(sa_select(col(Question.asker_id)).where(*spans.asked())).subquery()


def _nameless(dialect: str, *, asking: bool) -> Subquery:
    """A subquery of the distinct marks of nameless authors, with `asking` also askers, in the column `who`."""
    who: Label[str | None] = col(Feedback.author_hash).label("who")
    wrote = sa_select(who).where(*spans.filed(dialect)).distinct()
    if not asking:
        return wrote.subquery()
    return wrote.union(sa_select(col(Question.holder)).where(*spans.asked())).subquery()
