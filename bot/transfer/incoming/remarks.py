"""Counts remarks on how cells were read, so that each is shown once."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.cells import abridge
from bot.transfer.incoming.rows import Row
from storage.vocabulary import Status

MOST = 500
"""The most different remarks that are counted: a column of prices read as votes would have a million."""


class Remarks:
    """The remarks of rows, and the statuses that words were read as."""

    def __init__(self) -> None:
        self._said: Counter[str] = Counter()
        self._statuses: Counter[tuple[str, Status]] = Counter()

    def take(self, rows: Iterable[Row]) -> None:
        """Count the remarks and statuses of rows."""
        for row in rows:
            for remark in row.remarks:
                self._said[remark if remark in self._said or len(self._said) < MOST else "further remarks"] += 1
            if row.status is not None and len(self._statuses) < MOST:
                self._statuses[abridge(row.word), row.status] += 1

    def lines(self) -> Iterator[str]:
        """The remarks as lines of text, the most frequent first."""
        if self._statuses:
            words = [f"{word} = {_name(status)} ({n:,})" for (word, status), n in self._statuses.most_common(20)]
            yield f"statuses: {', '.join(words)}"
        for remark, times in self._said.most_common(20):
            yield f"{times:,} {'row' if times == 1 else 'rows'}: {remark}"


def _name(status: Status) -> str:
    return status.value.replace("_", " ")
