"""Reads the figures of a digest by area: people, messages without an author, and items to quote."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlmodel import Session

from bot.feedback.audience.suppression import quotable
from storage.models import Feedback
from storage.reports import periods, reporting
from storage.reports.periods import Heard
from storage.reports.reporting import Count
from storage.values import frozen

AREAS, QUOTES = 5, 2
"""How many areas are read, and items of each may be quoted, at most."""
Span = tuple[int, datetime, datetime]
"""A community's id, and the span of a digest."""


@frozen
class AreaPart:
    """The figures of an area (None: no area): this period's, the people of the period before, and items to quote.

    Attributes:
        unsigned: how many messages have no author, and `unsigned_before` of the period before.
        known: whether there were messages about it before this period.
    """

    area: str | None
    count: Count
    before: int
    quotes: tuple[Feedback, ...]
    unsigned: int = 0
    unsigned_before: int = 0
    known: bool = False

    @property
    def voices(self) -> int:
        """The people, and the messages without an author."""
        return self.count.people + self.unsigned


def read(session: Session, span: Span, history: Heard, heard: Mapping[str | None, Count]) -> Iterator[AreaPart]:
    """The figures of areas.

    Args:
        history: the items of the span, and of the period before.
        heard: the areas with their messages and people.
    """
    community_id, since, _ = span
    people_before = periods.by_area(history.before)
    alone, alone_before = periods.unsigned(history.last), periods.unsigned(history.before)
    known = reporting.heard_before(session, community_id, since, list(heard))
    for area, count in heard.items():
        own = alone.get(area, 0)
        found = reporting.items_of_area(session, community_id, area, *span[1:], most=20)
        quotes = tuple(item for item in found if quotable(item, count.people, own))[:QUOTES]
        people = people_before[area].people if area in people_before else 0
        yield AreaPart(area, count, people, quotes, own, alone_before.get(area, 0), area in known)


def busiest(heard: dict[str | None, Count], known: tuple[str, ...]) -> dict[str | None, Count]:
    """The areas with most voices, in the community's order, then areas not in it, then messages without an area."""
    places = {area: place for place, area in enumerate(known)}
    busiest = list(heard.items())[:AREAS]
    return dict(sorted(busiest, key=lambda one: (one[0] is None, places.get(one[0] or "", len(places)))))
