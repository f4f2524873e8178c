"""Computes when a digest is due and which days it covers, in local time, also across clock changes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.features.digest.data import Window
from bot.settings.community.digests import DigestSettings
from storage.models import Community
from storage.values import frozen

MOST_DAYS = 366
"""The largest number of days a digest covers, and of days back in which a missed one is looked for."""
MINUTE = timedelta(minutes=1)
NONE, DAY = timedelta(), timedelta(days=1)


@frozen
class Calendar:
    """The schedule of a digest in a time zone.

    Attributes:
        zone: the zone in which it is due.
        home: the community's zone, by whose days nameless items are dated; None for `zone`.
    """

    digest: DigestSettings
    zone: ZoneInfo
    home: ZoneInfo | None = None

    def latest(self, now: datetime) -> date | None:
        """The last day whose digest is due by now; None when there is none within a year."""
        today = now.astimezone(self.zone).date()
        return next((day for day in self._back_from(today) if self.instant(day) <= now), None)

    def instant(self, day: date) -> datetime:
        """When a day's digest is due, in UTC.

        A local time that occurs twice means the first; one that a clock change skips, the first instant after the gap.
        """
        local = datetime.combine(day, time(self.digest.hour, self.digest.minute), self.zone)
        instant = local.astimezone(UTC)
        if instant.astimezone(self.zone).replace(tzinfo=None) == local.replace(tzinfo=None):
            return instant
        # With the offset that applies after the gap, a skipped local time is an instant before it.
        before = local.replace(fold=1).astimezone(UTC)
        offset = before.astimezone(self.zone).utcoffset()
        later = (before + minutes * MINUTE for minutes in count(1))
        return next(moment for moment in later if moment.astimezone(self.zone).utcoffset() != offset)

    def window(self, day: date) -> Window:
        """The span of the digest due on a day: from the day the previous one was due up to this day, excluded."""
        since, until = (self._boundary(one) for one in (day - self._span(day), day))
        return Window(since, until)

    def _boundary(self, day: date) -> datetime:
        """The midnight up to which the digest due on a day counts.

        A digest with a zone of its own may be posted before that day is over in the community's zone. Nameless items
        filed later on that day are stored with its beginning, and would be missed: then the whole day counts with the
        next digest.
        """
        midnight = datetime.combine(day, time(), self.zone)
        theirs = midnight.astimezone(self.home or self.zone)
        begins, ends = (datetime.combine(theirs.date() + more, time(), theirs.tzinfo) for more in (NONE, DAY))
        return midnight if self.instant(day) >= ends else begins

    def window_until(self, until: datetime) -> Window:
        """The span that ends at an instant and is as long as that of the next digest due."""
        local = until.astimezone(self.zone)
        coming = self.digest.days().get_next_fire_time(None, _midnight(local.date()))
        return Window(local - self._span(coming.date()), local)

    def _span(self, day: date) -> timedelta:
        before = next(self._back_from(day - timedelta(days=1)), None)
        return min(day - before, timedelta(days=MOST_DAYS)) if before else timedelta(days=MOST_DAYS)

    def _back_from(self, day: date) -> Iterator[date]:
        """The days on which a digest is due, from this day backwards for a year."""
        days = self.digest.days()
        for back in range(MOST_DAYS + 1):
            midnight = _midnight(day - timedelta(days=back))
            if days.get_next_fire_time(None, midnight) == midnight:
                yield midnight.date()


def calendar(digest: DigestSettings, community: Community) -> Calendar:
    """A digest's calendar in its own zone, else its community's."""
    home = ZoneInfo(community.timezone)
    return Calendar(digest, ZoneInfo(digest.timezone) if digest.timezone else home, home)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
