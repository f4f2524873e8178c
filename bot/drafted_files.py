"""Keeps the files of drafts, as references to the platform or with their content, until the drafts are sent."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock

from bot.ports.inbound import File
from storage.values import frozen

REMEMBERED = timedelta(days=1)
"""How long files are kept: as long as a draft. Most platforms serve a file no longer than that."""
MOST_KEPT = 500
MOST_BYTES = 32_000_000
"""The most bytes of content in memory, of all drafts together."""


@frozen
class Bundle:
    """The files of one draft.

    Attributes:
        holder: the keyed mark of its author's account.
        at: when the draft was made, aware, UTC.
    """

    holder: str
    files: tuple[File, ...]
    at: datetime

    @property
    def size(self) -> int:
        """The size of the content in bytes."""
        return sum(len(file.content) for file in self.files)


class DraftedFiles:
    """The files of the latest drafts, in memory only: after a restart their authors are asked to send them again."""

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
        """The files of this person's draft; None when they are no longer kept."""
        found = self._bundles.get(key)
        return found.files if found and found.holder == holder and found.at >= now - REMEMBERED else None

    def _is_too_much(self, now: datetime) -> bool:
        oldest = next(iter(self._bundles.values()))
        return len(self._bundles) > MOST_KEPT or self._bytes > MOST_BYTES or oldest.at < now - REMEMBERED
