"""What is of a span, `until` excluded, and of some areas or all: as conditions of queries.

Those of statements that are built once are met by the values of `given`.
"""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, Integer, bindparam, or_
from sqlalchemy import select as sa_select
from sqlmodel import col

from storage import conditions
from storage.engine.listing import each
from storage.engine.unique import table_of
from storage.models import Feedback, Question

Areas = Collection[str]
"""The areas to count; empty for everything."""
Instant = datetime | BindParameter[datetime]


def filed_in(community_id: int, since: datetime, until: datetime, areas: Areas = ()) -> tuple[ColumnElement[bool], ...]:
    """The items of a span that are in the team's view."""
    return (*_filed(community_id, since, until), *about(areas))


def asked_in(community_id: int, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """The questions asked in a span."""
    return _asked(community_id, since, until)


def about(areas: Areas) -> tuple[ColumnElement[bool], ...]:
    """The items of some areas."""
    return (col(Feedback.area).in_(areas),) if areas else ()


def given(community_id: int, since: datetime, until: datetime, areas: Areas = ()) -> dict[str, Any]:
    """The values of a statement whose conditions are `filed`, `asked` or `chosen`."""
    span = {"community_id": community_id, "since": since, "until": until}
    return {**span, "everything": not areas, "areas": json.dumps(list(areas))}


def filed(dialect: str) -> tuple[ColumnElement[bool], ...]:
    """As `filed_in`, of the values that are given."""
    return (*filed_of_all(), chosen(dialect))


def filed_of_all() -> tuple[ColumnElement[bool], ...]:
    """As `filed_in` of everything, of the values that are given."""
    return _filed(community(), instant("since"), instant("until"))


def asked() -> tuple[ColumnElement[bool], ...]:
    """As `asked_in`, of the values that are given."""
    return _asked(community(), instant("since"), instant("until"))


def chosen(dialect: str) -> ColumnElement[bool]:
    """As `about`, of the areas that are given."""
    some = sa_select(each(dialect, "areas").c.value).scalar_subquery()
    return or_(bindparam("everything", type_=Boolean), col(Feedback.area).in_(some))


def community() -> BindParameter[int]:
    """The community that is given."""
    return bindparam("community_id", type_=Integer)


def instant(name: str) -> BindParameter[datetime]:
    """An instant that is given."""
    return bindparam(name, type_=table_of(Feedback).c.created_at.type)


def _filed(community_id: int | BindParameter[int], since: Instant, until: Instant) -> tuple[ColumnElement[bool], ...]:
    at = col(Feedback.created_at)
    return (col(Feedback.community_id) == community_id, at >= since, at < until, *conditions.in_view())


def _asked(community_id: int | BindParameter[int], since: Instant, until: Instant) -> tuple[ColumnElement[bool], ...]:
    at = col(Question.asked_at)
    return (col(Question.community_id) == community_id, at >= since, at < until)
