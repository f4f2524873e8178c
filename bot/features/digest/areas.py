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
"""The largest number of areas, and of quotes for each."""
Span = tuple[int, datetime, datetime]
"""A community's id, and the span of a digest."""


@frozen
class AreaPart:
    """The figures of an area in a period.

    Attributes:
        area: None for messages without an area.
        count: the messages and the distinct people who wrote them.
        before: the people of the period before.
        quotes: items that may be quoted.
        unsigned: how many messages have no author.
        unsigned_before: how many of the period before have none.
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
        """The number of people and of messages without an author, added up."""
        return self.count.people + self.unsigned


def read(session: Session, span: Span, history: Heard, heard: Mapping[str | None, Count]) -> Iterator[AreaPart]:
    """The figures of areas.

    Args:
        history: who wrote in the span, and in the period before.
        heard: the areas to read, with their messages and people.
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
    """The first `AREAS` areas of `heard`: in the community's order, then others, messages without an area last."""
    places = {area: place for place, area in enumerate(known)}
    busiest = list(heard.items())[:AREAS]
    return dict(sorted(busiest, key=lambda one: (one[0] is None, places.get(one[0] or "", len(places)))))
