"""Stores the themes of the last seven days twice a day, so that they are recognised even if nobody views them."""

import asyncio
from datetime import timedelta

from bot.core import Core
from bot.themes.memory import store_themes
from bot.troubles import Troubles
from storage.people import communities

FIRST, EVERY = 600.0, 43_200.0
"""Seconds from the start to the first run, and from each to the next."""
WEEK = timedelta(days=7)


class ThemeWatch:
    """The job that stores the themes of all communities."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("themes")

    async def run(self) -> None:
        """Store the themes some minutes after the start, then twice a day, until cancelled."""
        await asyncio.sleep(FIRST)
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Store the themes of every community; errors are logged."""
        until = self._core.clock.now()
        with self._troubles.guard():
            for community in await self._core.store.read(communities.every):
                await store_themes(self._core, community, until - WEEK, until)
