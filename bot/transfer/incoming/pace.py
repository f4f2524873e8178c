"""Decides how many rows the next transaction of an import takes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

LEAST, MOST = 500, 4_000
"""The fewest and the most rows in one transaction. Rows change pages of a dozen indexes, which are written once a
transaction, so that many rows at once take half the time."""
QUICK, SLOW = 0.5, 1.0
"""Seconds: after a quicker transaction the next has twice as many rows, after a slower one half, since other writers
wait for it."""


class Pace:
    """The number of rows of each transaction.

    Attributes:
        rows: the number of rows of the next transaction.
    """

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self.rows = LEAST

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Measure the transaction that is run within, and adapt `rows` to its duration."""
        began = self._time()
        yield
        took = self._time() - began
        if took < QUICK:
            self.rows = min(self.rows * 2, MOST)
        elif took > SLOW:
            self.rows = max(self.rows // 2, LEAST)
