"""Posts digests when they are due, once for each period, also after a restart or with several processes."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.core import Core
from bot.features.digest.posting import area_digests
from bot.features.digest.posting.calendar import calendar
from bot.features.digest.posting.drafting import Edition
from bot.features.digest.posting.future import correct_future
from bot.features.digest.posting.publish import NoStaffPlace, publish
from bot.recurring import repeat
from bot.settings.community.digests import DigestSettings
from bot.timekeeping import Timekeeping
from bot.troubles import Troubles
from storage.models import Community
from storage.people import communities
from storage.reports import digests

GRACE = timedelta(hours=1)
"""How late a digest may be posted without a line that says so."""


class Timetable:
    """Posts each digest of each community when it is due, and after downtime the last one that was due."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._time = Timekeeping(core.store, core.clock, core.platform_time)
        self._troubles = Troubles("digest")
        self._warned: set[tuple[str, str]] = set()
        """The digests, by community and name, whose missing place or community was logged, once for each."""

    async def run(self) -> None:
        """Post what is due now and every minute, until cancelled."""
        # Every minute, not at each digest's own time, so that one that could not be posted when it was due, or is of a
        # community set up since, does not wait for the next period. The claim prevents posting it twice.
        await repeat(self.look, self._core.clock, "0")

    async def look(self) -> None:
        """Post what is due, unless the clock is wrong."""
        trusted = False
        with self._troubles.guard(part="clock"):
            trusted = await self._time.trusted()
        if trusted:
            await self.catch_up()

    async def catch_up(self) -> int:
        """Post the digests that are due and were not posted; errors are logged.

        Returns:
            How many digests were posted.
        """
        known: list[Community] = []
        with self._troubles.guard():
            known = list(await self._core.store.read(communities.every))
        if not known:
            return 0
        with self._troubles.guard(part="taken back"):
            await correct_future(self._core, known)
        self._warn_of_unknown_communities({community.key for community in known})
        due = [(one, digest) for one in known for digest in self._core.settings.digests_of(one.key)]
        with self._troubles.guard(part="areas"):
            due += [(one, digest) for one in known for digest in await self._of_areas(one)]
        return sum([await self._try_post(self._post_due, community, digest) for community, digest in due])

    async def _of_areas(self, community: Community) -> list[DigestSettings]:
        return await self._core.store.read(lambda session: list(area_digests.digests(session, self._core, community)))

    async def _post_due(self, community: Community, digest: DigestSettings) -> bool:
        now, own = self._core.clock.now(), calendar(digest, community)
        day = own.latest(now)
        if day is None or own.instant(day) < community.created_at:
            return False
        # If the schedule was changed, a later digest may have been posted already: then this one was not missed.
        since = (community.id, digest.name, day.isoformat())
        if await self._core.store.read(lambda session: digests.posted_since(session, *since)):
            return False
        due = own.instant(day)
        edition = Edition(digest, day.isoformat(), own.window(day), due if now - due > GRACE else None)
        return await publish(self._core, community, edition)

    async def _try_post(
        self, post: Callable[[Community, DigestSettings], Awaitable[bool]], community: Community, digest: DigestSettings
    ) -> bool:
        """Post a digest; an error is logged, so that the others are still posted."""
        posted = False
        with self._troubles.guard(community=community.key, digest=digest.name):
            try:
                posted = await post(community, digest)
            except NoStaffPlace as error:
                self._warn_once(community.key, digest.name, str(error))
        return posted

    def _warn_of_unknown_communities(self, known: set[str]) -> None:
        """Log the digests whose community does not exist, which would otherwise silently not be posted."""
        for digest in self._core.settings.digests:
            for key in sorted(digest.keys - known):
                setting = "communities" if digest.communities else "community"
                self._warn_once(key, digest.name, f"set digests.{setting} to one of: {', '.join(sorted(known))}")

    def _warn_once(self, community: str, digest: str, mend: str) -> None:
        if (community, digest) not in self._warned:
            structlog.get_logger().warning("digest", community=community, digest=digest, mend=mend)
        self._warned.add((community, digest))
