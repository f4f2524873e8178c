"""Queues the cards of new items for everyone: at once, or for nameless items after a random delay."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.clock import start_of_day
from bot.core import Core
from storage.engine import drawing
from storage.items.public import cards
from storage.items.public.cards import Cardless
from storage.models import Community, Place

NAMELESS_WAIT = range(10 * 60, 120 * 60 + 1)
"""The delay in seconds before a nameless item's card is posted: its time must not give the author away."""
MOST = 100
"""The largest number of items of one community to queue in one look."""


class Ordering:
    """Queues cards, in one process."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._ready_at: dict[int, datetime] = {}
        """By id of a nameless item, when its card may be queued. Not stored, since a reader of the tables could infer
        from it when the item was filed; after a restart it is drawn again."""

    async def order(self, places: Sequence[Place], communities: Mapping[int, Community]) -> None:
        """Queue the cards of items that have none yet, in the communities of these places."""
        boards: dict[int, list[Place]] = defaultdict(list)
        for place in (one for one in places if one.ideas_since):
            boards[place.community_id].append(place)
        now = self._core.clock.now()
        found = await self._core.store.read(lambda session: _without(session, boards, communities))
        self._forget({one.feedback_id for orders in found.values() for one in orders})
        for community_id, orders in found.items():
            for one in self._ready(orders, now):
                await self._order(one, [place.id for place in boards[community_id]], now)

    async def _order(self, item_id: int, place_ids: Sequence[int], now: datetime) -> None:
        # In a transaction each, as rows of one transaction share its id on PostgreSQL.
        await self._core.store.write(lambda session: cards.order(session, item_id, place_ids, now))

    def _ready(self, orders: Iterable[Cardless], now: datetime) -> Iterator[int]:
        """The ids of the items whose cards may be queued now."""
        for one in orders:
            wait = timedelta(seconds=drawing.draw(NAMELESS_WAIT)) if one.nameless else timedelta()
            if self._ready_at.setdefault(one.feedback_id, now + wait) <= now:
                yield one.feedback_id

    def _forget(self, found: set[int]) -> None:
        for gone in self._ready_at.keys() - found:
            del self._ready_at[gone]


def _without(
    session: Session, boards: Mapping[int, Sequence[Place]], communities: Mapping[int, Community]
) -> dict[int, list[Cardless]]:
    found = {}
    for community_id, places in boards.items():
        zone = ZoneInfo(communities[community_id].timezone)
        since = min(place.ideas_since for place in places if place.ideas_since)
        found[community_id] = cards.without(session, community_id, since, start_of_day(since, zone), MOST)
    return found
