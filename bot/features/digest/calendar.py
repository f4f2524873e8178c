"""The days a digest is due, and what each covers: by the local calendar, whatever the clocks do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.features.digest.gather import Window
from bot.settings.digests import DigestSettings
from storage.models import Community

MOST_DAYS = 366
"""The longest a digest covers, and the furthest back one that was missed is looked for."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """One digest's days in one zone."""

    digest: DigestSettings
    zone: ZoneInfo

    def latest(self, now: datetime) -> date | None:
        """The last day up to now whose digest is due, if there was one within a year."""
        today = now.astimezone(self.zone).date()
        return next((day for day in self._back_from(today) if self.instant(day) <= now), None)

    def instant(self, day: date) -> datetime:
        """When a day's digest is due, in UTC.

        An hour that comes twice means the first; one that is skipped, the first instant after.
        """
        local = datetime.combine(day, time(self.digest.hour, self.digest.minute), self.zone)
        instant = local.astimezone(UTC)
        if instant.astimezone(self.zone).replace(tzinfo=None) == local.replace(tzinfo=None):
            return instant
        # Read with the offset after the gap, a skipped hour is an instant before it.
        before = local.replace(fold=1).astimezone(UTC)
        offset = before.astimezone(self.zone).utcoffset()
        later = (before + minutes * MINUTE for minutes in count(1))
        return next(moment for moment in later if moment.astimezone(self.zone).utcoffset() != offset)

    def window(self, day: date) -> Window:
        """What the digest due on a day covers: the days since the one before."""
        since, until = (datetime.combine(one, time(), self.zone) for one in (day - self._span(day), day))
        return Window(since, until)

    def window_until(self, until: datetime) -> Window:
        """What a digest would cover that ended now: as long as the next one due, up to this instant."""
        local = until.astimezone(self.zone)
        coming = self.digest.days().get_next_fire_time(None, _midnight(local.date()))
        return Window(local - self._span(coming.date()), local)

    def _span(self, day: date) -> timedelta:
        before = next(self._back_from(day - timedelta(days=1)), None)
        return min(day - before, timedelta(days=MOST_DAYS)) if before else timedelta(days=MOST_DAYS)

    def _back_from(self, day: date) -> Iterator[date]:
        """The days a digest is due on, that day or before, the newest first."""
        days = self.digest.days()
        for back in range(MOST_DAYS + 1):
            midnight = _midnight(day - timedelta(days=back))
            if days.get_next_fire_time(None, midnight) == midnight:
                yield midnight.date()


def calendar(digest: DigestSettings, community: Community) -> Calendar:
    """A digest's calendar in its own zone, else its community's."""
    return Calendar(digest, ZoneInfo(digest.timezone or community.timezone))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
