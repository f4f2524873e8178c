"""How many messages and voices there were in each of some consecutive periods, by kind, by area, and of questions.

A message without a known author, as those of files often are, counts as a voice of its own.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, String, case, func, literal_column, type_coerce
from sqlalchemy import select as sa_select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from storage.models import Feedback, Question, ThemeItem
from storage.reports.reporting import Areas, Count, asked_in, filed_in
from storage.vocabulary import Kind

NONE = Count(0, 0)
Place = tuple[str | None, int]
"""A kind or an area (None: no area), and the number of a period."""
Who = int | str | None
"""An author: a member's id, or the keyed mark of one without a name; None when none is known."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The items of some consecutive periods, a count a period.

    Attributes:
        kinds: of each kind.
        areas: of each area (None: no area) that has any.
    """

    kinds: Mapping[Kind, list[Count]]
    areas: Mapping[str | None, list[Count]]


def of_items(session: Session, community_id: int, edges: Sequence[datetime], areas: Areas = ()) -> Heard:
    """The items of each kind and of each area.

    Counted here, as the store would have to read them once for each.

    Args:
        edges: where the periods begin, the oldest first, and the end of the last one, excluded.
    """
    # Kinds as they are stored: turned into members of the enumeration row by row, they take as long as the reading.
    what = (type_coerce(col(Feedback.kind), String), col(Feedback.area), _period(edges, col(Feedback.created_at)))
    query = sa_select(*what, col(Feedback.author_id), col(Feedback.author_hash))
    found = session.execute(query.where(*filed_in(community_id, edges[0], edges[-1], areas)))
    kinds, about = defaultdict[Place, list[Who]](list), defaultdict[Place, list[Who]](list)
    for kind, area, place, author, mark in found:
        who = mark if author is None else author
        kinds[kind, place].append(who)
        about[area, place].append(who)
    places, named = range(len(edges) - 1), {area for area, _ in about}
    return Heard(
        {kind: [_count(kinds.get((kind.value, place), [])) for place in places] for kind in Kind},
        {area: [_count(about.get((area, place), [])) for place in places] for area in named},
    )


def of_themes(
    session: Session, community_id: int, themes: Collection[int], edges: Sequence[datetime], areas: Areas = ()
) -> dict[int, list[Sequence[Who]]]:
    """By id of a stored theme, the authors of its items in each period, as often as they wrote; arguments likewise."""
    period = _period(edges, col(Feedback.created_at))
    query = sa_select(col(ThemeItem.theme_id), period, col(Feedback.author_id), col(Feedback.author_hash))
    query = query.join(Feedback, col(Feedback.id) == col(ThemeItem.feedback_id))
    query = query.where(col(ThemeItem.theme_id).in_(themes), *filed_in(community_id, edges[0], edges[-1], areas))
    found: dict[int, list[list[Who]]] = {own: [[] for _ in edges[1:]] for own in themes}
    for own, place, author, mark in session.execute(query):
        found[own][place].append(mark if author is None else author)
    return {own: [*every] for own, every in found.items()}


def voices(whose: Sequence[Who]) -> int:
    """The distinct people, and each message of which no author is known."""
    return _count(whose).people


def _count(whose: Sequence[Who]) -> Count:
    """Messages, and voices: distinct people, and each message of which no author is known."""
    return Count(len(whose), len(set(whose) - {None}) + whose.count(None)) if whose else NONE


def of_questions(session: Session, community_id: int, edges: Sequence[datetime]) -> list[Count]:
    """The questions put to the bot and who asked them, a count a period; arguments as for `of_items`."""
    period = _period(edges, col(Question.asked_at))
    # Two distinct counts: an asker is known by their id or, without a name, by a keyed mark.
    named, nameless = (func.count(func.distinct(col(one))) for one in (Question.asker_id, Question.holder))
    query = select(period, func.count(), named, nameless).where(*asked_in(community_id, edges[0], edges[-1]))
    counts = [NONE] * (len(edges) - 1)
    for place, messages, known, marked in session.exec(query.group_by(period)):
        counts[place] = Count(messages, known + marked)
    return counts


def _period(edges: Sequence[datetime], at: Mapped[datetime]) -> ColumnElement[int]:
    """The number of the period an instant is in."""
    ends = [(at < end, literal_column(str(place), Integer)) for place, end in enumerate(edges[1:])]
    return case(*ends)
