"""Which items are searched: those that all members see, or those for the team only."""

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


RECENT = timedelta(days=90)
"""Items for the team only are searched while they are no older, so that a long history is not read with each look."""
EVERYONES = Source(
    lambda session, community_id, _: vectors.open_items(session, community_id),
    lambda session, community_id, _: vectors.has_open_items(session, community_id),
    vectors.filed_since,
    vectors.open_among,
)
TEAMS = Source(
    lambda session, community_id, now: vectors.team_items(session, community_id, now - RECENT),
    lambda session, community_id, now: vectors.has_team_items(session, community_id, now - RECENT),
    vectors.team_items,
)
