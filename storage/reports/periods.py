"""Counts messages and voices in consecutive periods, by kind, by area, by theme, and of questions.

A voice is a distinct author; each message without a known author, as in imports, counts as one voice.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, case, func, literal_column, type_coerce
from sqlalchemy import select as sa_select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from storage.engine.prepared import prepared
from storage.models import Feedback, Question, ThemeItem
from storage.reports import spans
from storage.reports.reporting import Count
from storage.reports.spans import Areas, filed_in
from storage.values import frozen
from storage.vocabulary import Kind

NONE = Count(0, 0)
Who = int | str | None
"""An author: a member's id, or a nameless author's keyed mark; None when unknown."""
Whose = Mapping[tuple[str, str | None], Sequence[Who]]
"""By kind (as stored) and area (None: no area), the author of each item of a period."""


@frozen
class Heard:
    """The counts of items in consecutive periods, one count for each period.

    Attributes:
        kinds: the counts of each kind.
        areas: the counts of each area (None: no area) that has any items.
        last: the authors in the last period; `before` those in the period before it.
    """

    kinds: Mapping[Kind, list[Count]]
    areas: Mapping[str | None, list[Count]]
    last: Whose
    before: Whose


def of_items(session: Session, community_id: int, edges: Sequence[datetime], areas: Areas = ()) -> Heard:
    """The counts of each kind and of each area.

    Grouped in Python, since the database would have to read the items once for each grouping.

    Args:
        edges: the beginnings of the periods, oldest first, and then the end of the last one.
    """
    every = [_read(session, community_id, since, until, areas) for since, until in pairwise(edges)]
    kinds, about = [_joined(whose, 0) for whose in every], [_joined(whose, 1) for whose in every]
    named = {area for one in about for area in one}
    return Heard(
        {kind: [_count(one.get(kind.value, ())) for one in kinds] for kind in Kind},
        {area: [_count(one.get(area, ())) for one in about] for area in named},
        every[-1],
        every[-2] if len(every) > 1 else {},
    )


def by_area(whose: Whose) -> dict[str | None, Count]:
    """The counts by area (None: no area), the area with most voices first."""
    found = _joined(whose, 1)
    order = sorted(found, key=lambda area: (-voices(found[area]), -len(found[area]), area is not None, area or ""))
    return {area: Count(len(found[area]), len(set(found[area]) - {None})) for area in order}


def unsigned(whose: Whose) -> dict[str | None, int]:
    """The number of messages without an author by area (None: no area); areas without any are left out."""
    return {area: number for area, some in _joined(whose, 1).items() if (number := some.count(None))}


def _read(session: Session, community_id: int, since: datetime, until: datetime, areas: Areas) -> Whose:
    whose = defaultdict[tuple[str, str | None], list[Who]](list)
    for kind, area, author, mark in _written.rows(session, spans.given(community_id, since, until, areas)):
        whose[kind, area].append(mark if author is None else author)
    return whose


def _joined(whose: Whose, part: int) -> dict[str | None, list[Who]]:
    """The authors grouped by kind only, or by area only.

    Args:
        part: the position of the kind or of the area in the keys.
    """
    found = defaultdict[str | None, list[Who]](list)
    for key, some in whose.items():
        found[key[part]] += some
    return found


# Run for each period of a digest: built once, since building a statement takes longer than running it.
@prepared()
def _written(dialect: str) -> "Select[*tuple[Any, ...]]":
    # Kinds as stored strings: converting each row's to the enumeration takes as long as reading it.
    what = (type_coerce(col(Feedback.kind), String), col(Feedback.area))
    return sa_select(*what, col(Feedback.author_id), col(Feedback.author_hash)).where(*spans.filed(dialect))


def of_themes(
    session: Session, community_id: int, themes: Collection[int], edges: Sequence[datetime], areas: Areas = ()
) -> dict[int, list[Sequence[Who]]]:
    """By theme id, the author of each of its items in each period; other arguments as for `of_items`."""
    period = _period(edges, col(Feedback.created_at))
    query = sa_select(col(ThemeItem.theme_id), period, col(Feedback.author_id), col(Feedback.author_hash))
    query = query.join(Feedback, col(Feedback.id) == col(ThemeItem.feedback_id))
    query = query.where(col(ThemeItem.theme_id).in_(themes), *filed_in(community_id, edges[0], edges[-1], areas))
    found: dict[int, list[list[Who]]] = {own: [[] for _ in edges[1:]] for own in themes}
    for own, place, author, mark in session.execute(query):
        found[own][place].append(mark if author is None else author)
    return {own: [*every] for own, every in found.items()}


def voices(whose: Sequence[Who]) -> int:
    """The number of voices: distinct authors, plus each message without a known author."""
    return _count(whose).people


def _count(whose: Sequence[Who]) -> Count:
    """The numbers of messages and voices."""
    return Count(len(whose), len(set(whose) - {None}) + whose.count(None)) if whose else NONE


def of_questions(session: Session, community_id: int, edges: Sequence[datetime]) -> list[Count]:
    """The numbers of questions and of distinct askers in each period; arguments as for `of_items`."""
    every = (_asked.rows(session, spans.given(community_id, *span))[0] for span in pairwise(edges))
    return [Count(messages, known + marked) for messages, known, marked in every]


@prepared()
def _asked(_: str) -> Select[int, int, int]:
    # Two distinct counts: an asker is identified by a member id or, if nameless, by a keyed mark.
    named, nameless = (func.count(func.distinct(col(one))) for one in (Question.asker_id, Question.holder))
    return sa_select(func.count(), named, nameless).select_from(Question).where(*spans.asked())


def _period(edges: Sequence[datetime], at: Mapped[datetime]) -> ColumnElement[int]:
    """An SQL expression for the index of the period that contains an instant."""
    ends = [(at < end, literal_column(str(place), Integer)) for place, end in enumerate(edges[1:])]
    return case(*ends)
