"""When digests are due: an in-memory cron, and claimed runs that a restart or a second process cannot double."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.context import Core
from bot.features.digest.gather import week_until
from bot.features.digest.publish import Edition, NoStaffPlace, publish
from storage import communities, digests
from storage.errors import StoreError
from storage.models import Community

GRACE = timedelta(hours=1)
"""A digest posted later than this says so."""
LOOK_BACK = timedelta(days=8)


class Timetable:
    """Posts each community's digest when it is due, and after downtime the latest one missed."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._homeless: set[int] = set()
        """Communities without a staff place that the log has named: once is enough."""

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
        return sum([await self._guarded(self._post_due, community) for community in known])

    def latest_due(self, community: Community, now: datetime) -> datetime | None:
        """The last instant up to `now` a community's digest was due, if any lately."""
        trigger, last = self._trigger(community), None
        moment = trigger.get_next_fire_time(None, now - LOOK_BACK)
        while moment is not None and moment <= now:
            last = moment
            # In UTC: on an autumn night local arithmetic stays in the hour that comes twice, for ever.
            moment = trigger.get_next_fire_time(None, moment.astimezone(UTC) + timedelta(microseconds=1))
        return last

    async def _post_due(self, community: Community) -> bool:
        now = self._core.clock.now()
        due = self.latest_due(community, now)
        if due is None or due < community.created_at:
            return False
        zone = ZoneInfo(community.timezone)
        day = due.astimezone(zone)
        name, period = self._core.settings.digest.name, day.date().isoformat()
        if await self._core.store.read(lambda session: digests.claimed(session, community.id, name, period)):
            return False
        window = week_until(day.replace(hour=0, minute=0, second=0, microsecond=0), zone)
        late = due if now - due > GRACE else None
        return await publish(self._core, community, Edition(name, period, window, late))

    async def _guarded(self, post: Callable[[Community], Awaitable[bool]], community: Community) -> bool:
        """One community's trouble holds no other up."""
        log = structlog.get_logger()
        try:
            return await post(community)
        except NoStaffPlace:
            if community.id not in self._homeless:
                log.warning("digest", community=community.key, mend="set communities.staff to post it")
            self._homeless.add(community.id)
        except StoreError as error:
            log.error("digest", community=community.key, mend=str(error))  # noqa: TRY400 - the mend says it all
        except Exception as error:
            log.error("digest", community=community.key, error=type(error).__name__)  # noqa: TRY400 - no member's words
        return False

    def _trigger(self, community: Community) -> CronTrigger:
        digest = self._core.settings.digest
        return CronTrigger(
            day_of_week=digest.day, hour=digest.hour, minute=digest.minute, timezone=ZoneInfo(community.timezone)
        )
