"""The files of drafts, as references to the platform or whole, until their author sends them."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock

from bot.ports.inbound import File
from storage.values import frozen

REMEMBERED = timedelta(days=1)
"""As long as a draft; most platforms give out a file no longer."""
MOST_KEPT = 500
MOST_BYTES = 32_000_000
"""Of those that came whole."""


@frozen
class Bundle:
    """The files of one draft, whose it is by a keyed mark, and when it was made."""

    holder: str
    files: tuple[File, ...]
    at: datetime

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return sum(len(file.content) for file in self.files)


class DraftedFiles:
    """The files of the latest drafts, in memory alone: after a restart their author is asked to send them again."""

    def __init__(self) -> None:
        self._bundles: OrderedDict[str, Bundle] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        """Drafts are made in the threads that write to the store."""

    def keep(self, key: str, holder: str, files: Sequence[File], now: datetime) -> None:
        """Keep the files of a draft."""
        with self._lock:
            self._bundles[key] = Bundle(holder, tuple(files), now)
            self._bytes += self._bundles[key].size
            while self._bundles and self._is_too_much(now):
                self._bytes -= self._bundles.popitem(last=False)[1].size

    def find(self, key: str, holder: str, now: datetime) -> tuple[File, ...] | None:
        """The files of this person's draft; None when they are not there any more."""
        found = self._bundles.get(key)
        return found.files if found and found.holder == holder and found.at >= now - REMEMBERED else None

    def _is_too_much(self, now: datetime) -> bool:
        oldest = next(iter(self._bundles.values()))
        return len(self._bundles) > MOST_KEPT or self._bytes > MOST_BYTES or oldest.at < now - REMEMBERED
