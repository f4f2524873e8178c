"""Keeps the cards: posts, edits and takes them away until each shows its item as it is now."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from bot.core import Core
from bot.features.cards.looks import look_of
from bot.features.cards.ordering import Ordering
from bot.features.cards.showing import Showing
from bot.ports.adapter import Board
from bot.troubles import Troubles
from storage.items import cards
from storage.models import Card, Community, Place
from storage.people import communities

LOOK = 1.0
"""Seconds between two looks for cards to post or edit."""
MOST = 200
"""Cards that one look finds at most."""


class Keeper:
    """Keeps the cards on all platforms: one after another in a place, and several places at once.

    Args:
        boards: by platform, what posts and edits cards.
    """

    def __init__(self, core: Core, boards: Mapping[str, Board]) -> None:
        self._core = core
        self._boards = boards
        self._ordering = Ordering(core)
        self._troubles = Troubles("cards")
        self._tasks: dict[int, asyncio.Task[None]] = {}
        """By place, what is being posted and edited there."""
        self._paused: dict[int, datetime] = {}
        """By place, until when nothing is tried there."""

    async def run(self) -> None:
        """Keep the cards until cancelled; errors are logged, and tried again."""
        try:
            with self._troubles.guard(part="refresh"):
                await self._refresh()
            while True:
                with self._troubles.guard():
                    await self.look()
                await asyncio.sleep(LOOK)
        finally:
            await self._stop()

    async def look(self) -> bool:
        """Order the cards of what is new, and begin to post and edit what is due; return whether anything was."""
        places, known = await self._core.store.read(lambda session: (cards.boards(session), communities.every(session)))
        here = [place for place in places if place.platform in self._boards]
        if not here:
            return False
        community_of = {one.id: one for one in known}
        await self._ordering.order(here, community_of)
        now = self._core.clock.now()
        free = {one.id: one for one in here if one.id not in self._tasks and self._paused.get(one.id, now) <= now}
        due = await self._core.store.read(lambda session: cards.due(session, now, list(free), MOST))
        for place_id, theirs in _by_place(due).items():
            self._begin(free[place_id], community_of[free[place_id].community_id], theirs)
        return bool(due)

    async def settle(self) -> None:
        """Look until nothing is due now, and wait for what is being done."""
        while await self.look() or self._tasks:
            await asyncio.gather(*self._tasks.values())

    def _begin(self, place: Place, community: Community, due: list[Card]) -> None:
        task = asyncio.create_task(self._keep(place, community, due))
        self._tasks[place.id] = task
        task.add_done_callback(lambda _: self._tasks.pop(place.id, None))

    async def _keep(self, place: Place, community: Community, due: list[Card]) -> None:
        """Bring cards of one place up to date, until one has to wait for what concerns them all."""
        showing = Showing(self._core, self._boards[place.platform], place, community)
        for card in due:
            with self._troubles.guard(place=str(place.id)):
                wait = await showing.show(card)
                if wait:
                    self._paused[place.id] = self._core.clock.now() + wait
                    return

    async def _refresh(self) -> None:
        """Make due what was posted by another version, or with another key: its buttons or words may be others now."""
        look = look_of(self._core)
        after: int | None = 0
        while after is not None:
            after = await self._refresh_from(look, after)

    async def _refresh_from(self, look: str, after: int) -> int | None:
        return await self._core.store.write(lambda session: cards.refresh(session, look, after, MOST))

    async def _stop(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)


def _by_place(due: list[Card]) -> dict[int, list[Card]]:
    found: dict[int, list[Card]] = defaultdict(list)
    for card in due:
        found[card.place_id].append(card)
    return found
