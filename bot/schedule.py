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
from storage import communities
from storage.errors import StoreError
from storage.models import Community

GRACE = timedelta(hours=1)
"""A digest posted later than this says so."""
LOOK_BACK = timedelta(days=8)


class Timetable:
    """Posts each community's digest when it is due, and after downtime the latest one missed."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def run(self) -> None:
        """Catch up, then wait for the next due times until cancelled."""
        scheduler = AsyncIOScheduler(timezone="UTC")
        for community in await self._core.store.read(communities.every):
            scheduler.add_job(self.catch_up, self._trigger(community), misfire_grace_time=None, coalesce=True)
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
        posted = 0
        for community in await self._core.store.read(communities.every):
            posted += await self._guarded(self._post_due, community)
        return posted

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
        window = week_until(day.replace(hour=0, minute=0, second=0, microsecond=0), zone)
        late = due if now - due > GRACE else None
        name = self._core.settings.digest.name
        return await publish(self._core, community, Edition(name, day.date().isoformat(), window, late))

    async def _guarded(self, post: Callable[[Community], Awaitable[bool]], community: Community) -> bool:
        """One community's trouble holds no other up."""
        log = structlog.get_logger()
        try:
            return await post(community)
        except NoStaffPlace:
            log.warning("digest", community=community.key, mend="set communities.staff to post it")
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
