"""Counts what each person did in a moving window of time."""

from collections import OrderedDict, deque
from collections.abc import Hashable


class Window:
    """So many calls of one key within so many seconds.

    The rate limiters of libraries look through everybody they know from time to time, or hand each call to a thread:
    with 10,000 people that takes 0.8 s of CPU a message. Here a call costs the same whatever the number of people.

    Args:
        most: the calls of one key within the window.
        seconds: the window's length.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._calls: OrderedDict[Hashable, deque[float]] = OrderedDict()
        """The instants of each key's calls; the key that called last is the last."""

    def count(self, key: Hashable, now: float) -> float:
        """Count a call, unless there were too many.

        Args:
            now: the instant in seconds, by a clock that never goes back.

        Returns:
            0 when it was counted, else the seconds until there is room again.
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
