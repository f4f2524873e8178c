"""Keeps the cards up to date: posts, edits and removes them until each shows its item as it is now."""

import asyncio
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session

from bot.core import Core
from bot.features.cards.looks import look_of
from bot.features.cards.ordering import Ordering
from bot.features.cards.reporting import report_left
from bot.features.cards.showing import Showing
from bot.ports.adapter import Board
from bot.recurring import run_often
from bot.troubles import Troubles
from storage.items.public import cards
from storage.models import Card, Community, Place
from storage.people import communities
from storage.values import frozen

LOOK = 1.0
"""Seconds between two looks for cards to post or edit."""
MOST = 200
"""The largest number of cards of one place to post or edit between two looks."""
GRACE = 1.5
"""Seconds that cards being posted have to finish when the bot stops, as one whose id is not stored is posted twice."""


@frozen
class Pause:
    """A pause in which nothing is tried in a place.

    Attributes:
        until: its latest end.
        card: the card that failed there, if any; the pause ends when that is no longer marked as failed.
    """

    until: datetime
    card: int | None

    def lasts(self, now: datetime, failed: Collection[int]) -> bool:
        """Whether the pause goes on.

        Args:
            failed: the ids of the cards that are still marked as failed.
        """
        return self.until > now and (self.card is None or self.card in failed)


class Keeper:
    """Keeps the cards on all platforms: one after another in a place, and several places at once.

    Args:
        boards: the interfaces that post and edit cards, by platform.
    """

    def __init__(self, core: Core, boards: Mapping[str, Board]) -> None:
        self._core = core
        self._boards = boards
        self._ordering = Ordering(core)
        self._troubles = Troubles("cards")
        self._stopping = False
        self._tasks: dict[int, asyncio.Task[None]] = {}
        """The tasks that post and edit cards, by place."""
        self._pauses: dict[int, Pause] = {}
        """The pauses, by place."""

    async def run(self) -> None:
        """Keep the cards until cancelled; errors are logged, and tried again."""
        self._stopping = False
        try:
            with self._troubles.guard(part="refresh"):
                await self.refresh()
            await run_often(self.look, self._troubles, LOOK)
        finally:
            await self._stop()

    async def look(self) -> bool:
        """Queue the cards of new items, and begin to post and edit what is due; return whether anything was."""
        places, known, failed = await self._core.store.read(self._read)
        community_of = {one.id: one for one in known}
        for place in places:
            if place.left_at is not None and not place.trouble:
                await report_left(self._core, community_of[place.community_id], place)
        here = {one.id: one for one in places if one.left_at is None and one.platform in self._boards}
        if not here:
            return False
        await self._ordering.order(list(here.values()), community_of)
        now = self._core.clock.now()
        self._pauses = {place_id: pause for place_id, pause in self._pauses.items() if pause.lasts(now, failed)}
        free = here.keys() - self._tasks.keys() - self._pauses.keys()
        due = await self._core.store.read(lambda session: cards.unkept(session, now, free))
        for place_id in due:
            self._begin(here[place_id], community_of[here[place_id].community_id])
        return bool(due)

    async def settle(self) -> None:
        """Look until nothing is due any more, and wait for the tasks to end."""
        while await self.look() or self._tasks:
            await asyncio.gather(*self._tasks.values())

    def _read(self, session: Session) -> tuple[list[Place], list[Community], set[int]]:
        """The places with cards, all communities, and the ids of those paused for that are still marked as failed."""
        waiting = [pause.card for pause in list(self._pauses.values()) if pause.card is not None]
        return cards.boards(session), communities.every(session), cards.failed(session, waiting)

    def _begin(self, place: Place, community: Community) -> None:
        task = asyncio.create_task(self._keep(place, community))
        self._tasks[place.id] = task
        task.add_done_callback(lambda _: self._tasks.pop(place.id, None))

    async def _keep(self, place: Place, community: Community) -> None:
        """Bring cards of one place up to date, until all of them have to wait."""
        showing = Showing(self._core, self._boards[place.platform], place, community)
        before: int | None = None
        with self._troubles.guard(place=str(place.id)):
            for _ in range(MOST):
                card = await self._next(place)
                # A card that is due again at once, as its message was deleted, waits for the next look.
                if card is None or card.id == before or self._stopping:
                    return
                before, wait = card.id, await showing.show(card)
                if wait:
                    self._pauses[place.id] = Pause(self._core.clock.now() + wait.time, wait.card)
                    return

    async def _next(self, place: Place) -> Card | None:
        now = self._core.clock.now()
        return await self._core.store.read(lambda session: cards.due(session, now, place.id))

    async def refresh(self) -> None:
        """Make due the cards posted by another version or with another key: words or buttons may differ now."""
        look = look_of(self._core)
        after: int | None = 0
        while after is not None:
            after = await self._refresh_from(look, after)

    async def _refresh_from(self, look: str, after: int) -> int | None:
        return await self._core.store.write(lambda session: cards.refresh(session, look, after, MOST))

    async def _stop(self) -> None:
        self._stopping = True
        tasks = list(self._tasks.values())
        if tasks:
            await asyncio.wait(tasks, timeout=GRACE)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
