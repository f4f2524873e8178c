"""How many people wrote on each of some days, of each kind and about each area, and which themes that was about."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Executable, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage.engine.prepared import prepared
from storage.items.signals.watched import seen
from storage.models import Feedback, ThemeItem
from storage.values import frozen
from storage.vocabulary import Kind


@frozen
class Chart:
    """What is counted: the feedback of a kind, or about an area."""

    kind: Kind | None = None
    area: str | None = None

    def holds(self, kind: Kind, area: str | None) -> bool:
        """Whether feedback of this kind about this area is counted."""
        return kind is self.kind if self.area is None else area == self.area


@frozen
class Written:
    """An item of some days: of whom (None: nobody known), and of which stored theme it is (None: of none)."""

    id: int
    kind: Kind
    area: str | None
    who: int | str | None
    theme: int | None
    nameless: bool


def people(session: Session, community_id: int, edges: Sequence[datetime]) -> Mapping[Chart, list[int]]:
    """The people of each day, by what is counted; an item without a known author counts as a person.

    Args:
        edges: where the days begin, the oldest first, and the end of the last one, excluded.
    """
    span = {"community_id": community_id, "since": edges[0], "until": edges[-1]}
    found: defaultdict[Chart, list[set[int | str]]] = defaultdict(lambda: [set() for _ in edges[1:]])
    for own, kind, area, at, author, mark in _people.rows(session, span):
        day, who = bisect_right(edges, at) - 1, mark if author is None else author
        for chart in (Chart(kind), *([Chart(area=area)] if area else [])):
            found[chart][day].add(f"item {own}" if who is None else who)
    return {chart: [len(who) for who in days] for chart, days in found.items()}


def written(session: Session, community_id: int, since: datetime, until: datetime) -> list[Written]:
    """The items of a span, `until` excluded, the newest first."""
    rows = _written.rows(session, {"community_id": community_id, "since": since, "until": until})
    return [
        Written(own, kind, area, mark if author is None else author, theme, nameless)
        for own, kind, area, author, mark, theme, nameless in rows
    ]


def voices(items: Collection[Written]) -> int:
    """The distinct people who wrote some items; an item without a known author counts as one."""
    known = {item.who for item in items if item.who is not None}
    return len(known) + sum(item.who is None for item in items)


_WHOSE = (col(Feedback.author_id), col(Feedback.author_hash))


# Run for each look: built once, since building a statement takes longer than running it.
@prepared()
def _people(_: str) -> Executable:
    what = (col(Feedback.id), col(Feedback.kind), col(Feedback.area), col(Feedback.created_at))
    return sa_select(*what, *_WHOSE).where(*_within())


@prepared()
def _written(_: str) -> Executable:
    what = (col(Feedback.id), col(Feedback.kind), col(Feedback.area))
    query = sa_select(*what, *_WHOSE, col(ThemeItem.theme_id), col(Feedback.nameless))
    query = query.join(ThemeItem, col(ThemeItem.feedback_id) == col(Feedback.id), isouter=True)
    return query.where(*_within()).order_by(col(Feedback.created_at).desc(), col(Feedback.id))


def _within() -> tuple[ColumnElement[bool], ...]:
    at, here = col(Feedback.created_at), col(Feedback.community_id) == bindparam("community_id")
    return (here, *seen(), at >= bindparam("since"), at < bindparam("until"))
