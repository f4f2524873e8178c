"""Decides how many rows the next transaction of an import takes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

LEAST, MOST = 500, 4_000
"""Rows in one transaction. Each changes pages of a dozen indexes, which are written once a transaction: many rows in
one cost half as much."""
QUICK, SLOW = 0.5, 1.0
"""Seconds: after a quicker transaction the next takes twice as many rows, after a slower one half. Others wait for it
to end before they can write."""


class Pace:
    """The number of rows of each transaction.

    Attributes:
        rows: of the next one.
    """

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self.rows = LEAST

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Run a transaction, by whose time the next one is made longer or shorter."""
        began = self._time()
        yield
        took = self._time() - began
        if took < QUICK:
            self.rows = min(self.rows * 2, MOST)
        elif took > SLOW:
            self.rows = max(self.rows // 2, LEAST)
