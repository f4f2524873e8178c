"""How many messages and voices there were in each of some consecutive periods, by kind, by area, and of questions.

A message without a known author, as those of files often are, counts as a voice of its own.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, case, func, literal_column
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from storage.models import Feedback, Question
from storage.reports.reporting import Areas, Count, asked_in, filed_in, voices
from storage.vocabulary import Kind

NONE = Count(0, 0)


def by_kind(
    session: Session, community_id: int, edges: Sequence[datetime], areas: Areas = ()
) -> dict[Kind, list[Count]]:
    """The items of each kind, a count a period.

    Args:
        edges: where the periods begin, the oldest first, and the end of the last one, excluded.
    """
    period = _period(edges, col(Feedback.created_at))
    query = select(Feedback.kind, period, func.count(), voices()).where(
        *filed_in(community_id, edges[0], edges[-1], areas)
    )
    counts = {kind: [NONE] * (len(edges) - 1) for kind in Kind}
    for kind, place, messages, heard in session.exec(query.group_by(Feedback.kind, period)):
        counts[Kind(kind)][place] = Count(messages, heard)
    return counts


def by_area(
    session: Session, community_id: int, edges: Sequence[datetime], areas: Areas = ()
) -> dict[str | None, list[Count]]:
    """The items of each area (None: no area) that has any, a count a period; arguments as for `by_kind`."""
    period = _period(edges, col(Feedback.created_at))
    query = select(Feedback.area, period, func.count(), voices()).where(
        *filed_in(community_id, edges[0], edges[-1], areas)
    )
    counts: dict[str | None, list[Count]] = {}
    for area, place, messages, heard in session.exec(query.group_by(col(Feedback.area), period)):
        counts.setdefault(area, [NONE] * (len(edges) - 1))[place] = Count(messages, heard)
    return counts


def of_questions(session: Session, community_id: int, edges: Sequence[datetime]) -> list[Count]:
    """The questions put to the bot and who asked them, a count a period; arguments as for `by_kind`."""
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
