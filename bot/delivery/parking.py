"""Which chats and platforms wait, and until when: what is owed there meanwhile waits as well, and keeps its order."""

from collections import defaultdict
from datetime import datetime, timedelta

from bot.delivery.parcel import Lane

SILENCE = 10.0
"""The longest wait, in seconds, before a platform that cannot be reached is tried again."""
ALL_CHATS = ""
"""Stands for all chats of a platform."""


class Parking:
    """The lanes that wait."""

    def __init__(self) -> None:
        self._until: dict[Lane, datetime] = {}
        self._silences: dict[str, int] = defaultdict(int)
        """How often in a row a platform could not be reached."""

    def park(self, lane: Lane, until: datetime) -> None:
        """Let a lane wait until an instant."""
        self._until[lane] = until

    def until(self, lane: Lane, now: datetime) -> datetime | None:
        """Until when a lane waits, itself or with its whole platform; None when it may go."""
        self._until = {parked: until for parked, until in self._until.items() if until > now}
        return self._until.get((lane[0], ALL_CHATS)) or self._until.get(lane)

    def silence(self, platform: str, seconds: float | None, now: datetime) -> datetime:
        """Let all of a platform that cannot be reached wait.

        Args:
            seconds: how long it asked to wait; None doubles the wait each time, up to `SILENCE`.

        Returns:
            Until when.
        """
        everywhere = (platform, ALL_CHATS)
        until = self._until.get(everywhere, now)
        if until <= now:
            own = min(2.0 ** self._silences[platform], SILENCE)
            self._silences[platform] = min(self._silences[platform] + 1, 10)
            until = self._until[everywhere] = now + timedelta(seconds=seconds or own)
        return until

    def silent(self, platform: str) -> int:
        """How often in a row a platform could not be reached."""
        return self._silences[platform]

    def heard(self, platform: str) -> None:
        """A platform was reached."""
        self._silences.pop(platform, None)
