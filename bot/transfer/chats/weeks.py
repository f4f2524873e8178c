"""Counts messages and their distinct authors by week, without keeping who these were."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.values import frozen


@frozen
class Week:
    """The counts of a week.

    Attributes:
        monday: its first day.
    """

    monday: date
    messages: int
    people: int


class Weeks:
    """Counts messages as they come, in any order.

    Args:
        zone: the zone in which weeks begin.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._messages: Counter[date] = Counter()
        # Python salts its hash of a text anew at each start, so that these numbers identify nobody afterwards.
        self._people: dict[date, set[int]] = defaultdict(set)

    def take(self, at: datetime, speaker: str) -> None:
        """Count a message."""
        day = at.astimezone(self._zone).date()
        monday = day - timedelta(days=day.weekday())
        self._messages[monday] += 1
        self._people[monday].add(hash(speaker))

    def counted(self) -> Iterator[Week]:
        """The weeks with messages, the earliest first."""
        for monday in sorted(self._messages):
            yield Week(monday, self._messages[monday], len(self._people[monday]))
