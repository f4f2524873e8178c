"""The two sources of items to search: those that all members see, and those for the team only."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlmodel import Session

from storage.items import vectors
from storage.items.vectors import OpenItem
from storage.values import frozen

Among = Callable[[Session, int, Collection[int]], list[OpenItem]]


@frozen
class Source:
    """Reads the items of a community that are searched.

    Attributes:
        every: all of them, as of an instant.
        has_any: whether there is one, as of an instant.
        filed_since: those filed at an instant or later.
        among: those with these ids; None where changes are not noted, as the index is used too seldom.
    """

    every: Callable[[Session, int, datetime], list[OpenItem]]
    has_any: Callable[[Session, int, datetime], bool]
    filed_since: Callable[[Session, int, datetime], list[OpenItem]]
    among: Among | None = None


DAY = timedelta(hours=49)
"""The longest time between the stored and the real time of a nameless item: a day, in whatever time zone."""
RECENT = timedelta(days=90)
"""The age up to which items for the team only are searched, so that a long history is not read at each update."""


def _every(session: Session, community_id: int, now: datetime) -> list[OpenItem]:
    """The items all members see; of very many, only the most supported ones and those of the last two days."""
    found = vectors.open_items(session, community_id)
    if len(found) < vectors.MOST:
        return found
    read = {one.id for one in found}
    return [*found, *(one for one in vectors.filed_since(session, community_id, now - DAY) if one.id not in read)]


EVERYONES = Source(
    _every,
    lambda session, community_id, _: vectors.has_open_items(session, community_id),
    vectors.filed_since,
    vectors.open_among,
)
TEAMS = Source(
    lambda session, community_id, now: vectors.team_items(session, community_id, now - RECENT),
    lambda session, community_id, now: vectors.has_team_items(session, community_id, now - RECENT),
    vectors.team_items,
)
