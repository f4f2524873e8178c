"""Stores the themes of the last seven days twice a day, so that they are recognised whoever looks at them or not."""

import asyncio
from datetime import timedelta

from bot.core import Core
from bot.themes.memory import remember
from bot.troubles import Troubles
from storage.people import communities

FIRST, EVERY = 600.0, 43_200.0
"""Seconds from the start to the first look, and from each to the next."""
WEEK = timedelta(days=7)


class ThemeWatch:
    """The look that stores themes."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("themes")

    async def run(self) -> None:
        """Look some minutes after the start, then twice a day, until cancelled."""
        await asyncio.sleep(FIRST)
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Store the themes of every community; errors are logged."""
        until = self._core.clock.now()
        with self._troubles.guard():
            for community in await self._core.store.read(communities.every):
                await remember(self._core, community, until - WEEK, until)
