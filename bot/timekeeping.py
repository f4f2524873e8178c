"""Tells whether the machine's clock can be trusted: a wrong one must neither erase nor post.

The clock is compared with the time in the platforms' answers and, before the first answer, with the last instant at
which it was trusted. So after an outage of days the bot continues once a platform has answered.
"""

import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import structlog

from bot.clock import Clock, MovableClock
from storage.engine.store import Store
from storage.reports import installation

MOST_OFF = timedelta(days=1)
"""How far the clock may differ from the time it is compared with."""
EVERY = timedelta(hours=1)
"""How often a trusted instant is stored."""
MEND = "set this machine's clock right; nothing is erased and no digest posted until it agrees with the platforms' time"


class PlatformTime:
    """The time by the platforms' answers, continued with the machine's monotonic clock.

    Attributes:
        held: whether it was logged that the machine's clock is wrong, and it still is.
    """

    def __init__(self) -> None:
        self.held = False
        self._told: tuple[datetime, float] | None = None
        self._heard: str | None = None

    def note_date(self, header: str | None) -> None:
        """Record the `Date` header of a platform's answer; one that cannot be parsed is ignored.

        So is one equal to the last: it comes with every answer of the same second.
        """
        if header == self._heard:
            return
        self._heard = header
        try:
            told = parsedate_to_datetime(header or "")
        except (ValueError, OverflowError):
            return
        self._told = (told if told.tzinfo else told.replace(tzinfo=UTC), time.monotonic())

    def now(self) -> datetime | None:
        """The time by the platforms, aware; None before they told any."""
        if self._told is None:
            return None
        told, at = self._told
        return told + timedelta(seconds=time.monotonic() - at)


class Timekeeping:
    """Watches one clock; a clock that is set forward on purpose, as the demo's, is always trusted."""

    def __init__(self, store: Store, clock: Clock, platform_time: PlatformTime) -> None:
        self._store = store
        self._clock = clock
        self._platform_time = platform_time

    async def trusted(self) -> bool:
        """Whether the clock can be trusted now; each change is logged once.

        Raises:
            StoreError: the last trusted instant cannot be read.
        """
        if isinstance(self._clock, MovableClock):
            return True
        now, seen = self._clock.now(), await self._store.read(installation.seen_at)
        off = deviation(now, seen, self._platform_time.now())
        self._tell(off)
        if off is None and (seen is None or abs(now - seen) > EVERY):
            await self._store.write(lambda session: installation.see(session, now))
        return off is None

    def _tell(self, off: timedelta | None) -> None:
        log = structlog.get_logger()
        if off is not None and not self._platform_time.held:
            log.error("clock", jumped=describe(off), mend=MEND)
        elif off is None and self._platform_time.held:
            log.info("clock", trouble="none any more")
        self._platform_time.held = off is not None


def deviation(now: datetime, seen: datetime | None, told: datetime | None) -> timedelta | None:
    """The clock's difference from the platforms' time, else from the last trusted instant; None within `MOST_OFF`."""
    reference = told or seen
    off = now - reference if reference else timedelta()
    return off if abs(off) > MOST_OFF else None


def describe(off: timedelta) -> str:
    """A difference in words, such as `3 days ahead`."""
    return f"{abs(off).days} days {'ahead' if off > timedelta() else 'back'}"
