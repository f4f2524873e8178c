"""The lanes and platforms whose deliveries are paused, and until when, so that they keep their order."""

from collections import defaultdict
from datetime import datetime, timedelta

from bot.delivery.parcel import Lane

LONGEST_BACKOFF = 10.0
"""The longest backoff, in seconds, for a platform that cannot be reached."""
ALL_CHATS = ""
"""Instead of a chat's id: all chats of a platform."""


class Pauses:
    """The paused lanes and platforms."""

    def __init__(self) -> None:
        self._until: dict[Lane, datetime] = {}
        self._failures: dict[str, int] = defaultdict(int)
        """By platform, how often in a row it could not be reached."""

    def pause(self, lane: Lane, until: datetime) -> None:
        """Pause a lane until an instant."""
        self._until[lane] = until

    def until(self, lane: Lane, now: datetime) -> datetime | None:
        """Until when a lane, or its platform, is paused; None when it is not."""
        self._until = {paused: until for paused, until in self._until.items() if until > now}
        return self._until.get((lane[0], ALL_CHATS)) or self._until.get(lane)

    def pause_platform(self, platform: str, seconds: float | None, now: datetime) -> datetime:
        """Pause a platform that cannot be reached.

        Args:
            seconds: how long it asked to wait; None doubles the wait each time, up to `LONGEST_BACKOFF`.

        Returns:
            Until when it is paused.
        """
        whole_platform = (platform, ALL_CHATS)
        until = self._until.get(whole_platform, now)
        if until <= now:
            own = min(2.0 ** self._failures[platform], LONGEST_BACKOFF)
            self._failures[platform] = min(self._failures[platform] + 1, 10)
            until = self._until[whole_platform] = now + timedelta(seconds=seconds or own)
        return until

    def clear(self) -> None:
        """End all pauses, as when the clock was set back."""
        self._until.clear()

    def failures(self, platform: str) -> int:
        """How often in a row a platform could not be reached."""
        return self._failures[platform]

    def platform_reached(self, platform: str) -> None:
        """Note that a platform was reached, which resets its backoff."""
        self._failures.pop(platform, None)
