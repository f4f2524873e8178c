"""When digests are due: an in-memory cron, and claimed runs that a restart or a second process cannot double."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.core import Core
from bot.features.digest.calendar import calendar
from bot.features.digest.publish import Edition, NoStaffPlace, publish
from bot.settings.digests import DigestSettings
from storage import communities, digests
from storage.engine.errors import StoreError
from storage.models import Community

GRACE = timedelta(hours=1)
"""A digest posted later than this says so."""


class Timetable:
    """Posts each digest of each community when it is due, and after downtime the latest one missed."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._told: set[tuple[str, str]] = set()
        """Digests without a place, and without their community, that the log has named: once is enough."""

    async def run(self) -> None:
        """Catch up, then wait for the next due times until cancelled."""
        scheduler = AsyncIOScheduler(timezone="UTC")
        # Every minute rather than at each digest's own: a claim makes it once, and one that could not be posted
        # when it was due, or a community set up meanwhile, is not left until next week.
        scheduler.add_job(self.catch_up, CronTrigger(second=0), misfire_grace_time=None, coalesce=True)
        scheduler.start()
        try:
            await self.catch_up()
            while True:
                await self._core.clock.moved()
                await self.catch_up()
        finally:
            scheduler.shutdown(wait=False)

    async def catch_up(self) -> int:
        """Post what is due and was not posted.

        Returns:
            How many digests were posted.
        """
        try:
            known = await self._core.store.read(communities.every)
        except StoreError as error:
            structlog.get_logger().error("digest", mend=str(error))
            return 0
        self._name_strangers({community.key for community in known})
        due = [(one, digest) for one in known for digest in self._core.settings.digests_of(one.key)]
        return sum([await self._guarded(self._post_due, community, digest) for community, digest in due])

    async def _post_due(self, community: Community, digest: DigestSettings) -> bool:
        now, own = self._core.clock.now(), calendar(digest, community)
        day = own.latest(now)
        if day is None or own.instant(day) < community.created_at:
            return False
        # A later one was posted when its days were changed since: then this one was never missed.
        since = (community.id, digest.name, day.isoformat())
        if await self._core.store.read(lambda session: digests.posted_since(session, *since)):
            return False
        due = own.instant(day)
        edition = Edition(digest, day.isoformat(), own.window(day), due if now - due > GRACE else None)
        return await publish(self._core, community, edition)

    async def _guarded(
        self, post: Callable[[Community, DigestSettings], Awaitable[bool]], community: Community, digest: DigestSettings
    ) -> bool:
        """One digest's trouble holds no other up."""
        log = structlog.get_logger().bind(community=community.key, digest=digest.name)
        try:
            return await post(community, digest)
        except NoStaffPlace as error:
            self._tell_once(community.key, digest.name, str(error))
        except StoreError as error:
            log.error("digest", mend=str(error))  # noqa: TRY400 - the mend says it all
        except Exception as error:
            log.error("digest", error=type(error).__name__)  # noqa: TRY400 - no member's words
        return False

    def _name_strangers(self, known: set[str]) -> None:
        """Digests of a community there is not, which nobody would miss."""
        for digest in self._core.settings.digests:
            if digest.community not in {None, *known}:
                there = ", ".join(sorted(known))
                self._tell_once(digest.community or "", digest.name, f"set digests.community to one of: {there}")

    def _tell_once(self, community: str, digest: str, mend: str) -> None:
        if (community, digest) not in self._told:
            structlog.get_logger().warning("digest", community=community, digest=digest, mend=mend)
        self._told.add((community, digest))
