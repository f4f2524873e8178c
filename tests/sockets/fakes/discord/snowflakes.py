"""Discord's ids: when something came to be, and which of those in that millisecond it was."""

import time

EPOCH = 1_420_070_400_000
"""Discord's first millisecond, counted from 1970."""


class Snowflakes:
    """Makes ids, each greater than the one before."""

    def __init__(self, worker: int) -> None:
        """A maker of ids no other worker (0-31) makes."""
        self._worker, self._moment, self._count = worker, 0, 0

    def __call__(self) -> int:
        moment = int(time.time() * 1_000) - EPOCH
        if moment > self._moment:
            self._moment, self._count = moment, 0
        elif self._count < 0xFFF:
            self._count += 1
        else:
            self._moment, self._count = self._moment + 1, 0
        return self._moment << 22 | self._worker << 17 | self._count
