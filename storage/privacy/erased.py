"""The list of erased people: a file of keyed marks, by which they are erased again after an older backup is restored.

It is stored outside the database, so that restoring a backup does not restore an older list. A mark is computed from a
person's member id, first day and account. Somebody who returns after an erasure gets a new member id, and so is not on
the list.
"""

import os
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from pathlib import Path

from filelock import FileLock

from storage.engine.keys import Keys
from storage.people.members import Account
from storage.values import frozen

KEPT = timedelta(days=400)
"""How long an entry is kept: no older backup should be restored."""


@frozen
class ErasedList:
    """The file, with one line for each account: its mark, and the day of the erasure."""

    path: Path

    def add(self, marks: Collection[str], day: date) -> None:
        """Append marks, and return once they are on the disk.

        Raises:
            OSError: the file cannot be written.
        """
        if not marks:
            return
        with self._lock(), os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
            # A crash may have truncated the last line.
            torn = file.seek(0, os.SEEK_END) and os.pread(file.fileno(), 1, file.tell() - 1) != b"\n"
            lines = "".join(f"{mark} {day.isoformat()}\n" for mark in marks)
            file.write((f"\n{lines}" if torn else lines).encode())
            file.flush()
            os.fsync(file.fileno())

    def marks(self, today: date) -> frozenset[str]:
        """The marks that have not expired; empty when there is no file. A truncated line is skipped.

        Raises:
            OSError: the file cannot be read.
        """
        oldest = (today - KEPT).isoformat()
        return frozenset(mark for mark, day in self._entries() if day >= oldest)

    def expire(self, today: date) -> None:
        """Remove expired lines. A crash meanwhile leaves the former file intact.

        Raises:
            OSError: the file cannot be written.
        """
        if not self.path.exists():
            return
        oldest = (today - KEPT).isoformat()
        with self._lock():
            entries = self._entries()
            kept = [f"{mark} {day}\n" for mark, day in entries if day >= oldest]
            if len(kept) < len(entries):
                self._replace(kept)

    def _replace(self, lines: Sequence[str]) -> None:
        draft = self.path.with_name(f"{self.path.name}.new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)

    def _lock(self) -> FileLock:
        """The lock against concurrent writes of processes and threads; a missing folder is refused, not created."""
        self.path.parent.stat()
        return FileLock(self.path.with_name(f"{self.path.name}.lock"), thread_local=False)

    def _entries(self) -> list[tuple[str, str]]:
        if not self.path.exists():
            return []
        lines = (line.split() for line in self.path.read_text("ascii", errors="replace").splitlines())
        return [(parts[0], parts[1]) for parts in lines if len(parts) == 2]


def mark(keys: Keys, account: Account) -> str:
    """The keyed mark of an erased person's account.

    By the installation's first key, so that the list works with backups under any of its keys.
    """
    told = f"{account.member_id} {account.first_seen.isoformat()} {account.platform}:{account.external_id}"
    return keys.first_holder("erased", told)
