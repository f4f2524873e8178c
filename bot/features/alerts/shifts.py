"""Looks once a day for shifts: more people than usual write day after day, though on no single day suddenly many.

It compares whole local days up to the last midnight, so that it finds the same at any hour and after each restart.
Crises, which the watch tells of, and what the last digest told are left out.
"""

from datetime import date
from functools import partial

from bot.core import Core
from bot.features.alerts.days import read
from bot.features.alerts.lasting import record
from bot.feedback.telling.occasions import Occasion
from bot.recurring import repeat, visit_each
from bot.timekeeping import Timekeeping
from bot.troubles import Troubles
from storage.models import Community

AT = "40"
"""The second of each minute at which it checks whether a new day has begun."""
HOUR = 10
"""The local hour from which it looks: after the digest at nine, and when people are awake."""


class DailyLook:
    """The job that looks for shifts in all communities."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._time = Timekeeping(core.store, core.clock, core.platform_time)
        self._troubles = Troubles("alerts of days")
        self._looked: dict[int, date] = {}

    async def run(self) -> None:
        """Look now and each day, until cancelled."""
        await repeat(self.look, self._core.clock, AT)

    async def look(self) -> None:
        """Look in the communities that have not been looked at today, unless the clock is wrong; errors are logged."""
        with self._troubles.guard():
            if await self._time.trusted():
                await self.catch_up()

    async def catch_up(self) -> None:
        """Look in the communities that have not been looked at today."""
        await visit_each(self._core.store, self._troubles, self._visit)

    async def _visit(self, community: Community) -> None:
        at, store = Occasion(self._core, community, self._core.clock.now()), self._core.store
        local = at.now.astimezone(at.zone)
        if not at.own.alerts.on or local.hour < HOUR or self._looked.get(community.id) == local.date():
            return
        found = await store.read(partial(read, at=at))
        if found.known or found.new:
            await store.write(partial(record, at=at, found=found))
        self._looked[community.id] = local.date()
