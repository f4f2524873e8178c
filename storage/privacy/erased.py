"""The list of erased persons: a file of keyed marks, by which they are erased again from an older backup.

It lies outside the database, so that bringing back a backup does not bring back an older list. A mark is made of what
a row of a person has and no later one: their number, their first day and their account. Somebody who comes back after
an erasure is a new person, with a mark of their own.
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
"""How long an entry is kept: no backup that is brought back should be older."""


@frozen
class ErasedList:
    """The file, a line for each account: its mark, and the day of the erasure."""

    path: Path

    def add(self, marks: Collection[str], day: date) -> None:
        """Append marks, and return once they are on the disk.

        Raises:
            OSError: the file cannot be written.
        """
        if not marks:
            return
        with self._lock(), os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
            # A crash may have left the last line without its end.
            torn = file.seek(0, os.SEEK_END) and os.pread(file.fileno(), 1, file.tell() - 1) != b"\n"
            lines = "".join(f"{mark} {day.isoformat()}\n" for mark in marks)
            file.write((f"\n{lines}" if torn else lines).encode())
            file.flush()
            os.fsync(file.fileno())

    def marks(self, today: date) -> frozenset[str]:
        """The marks that have not expired; none when there is no file. A line that is cut off is skipped.

        Raises:
            OSError: the file cannot be read.
        """
        oldest = (today - KEPT).isoformat()
        return frozenset(mark for mark, day in self._entries() if day >= oldest)

    def expire(self, today: date) -> None:
        """Remove expired lines. A crash meanwhile leaves the former file.

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
        """Keeps processes and threads from writing at once; refuses a folder that is not there, which it would make."""
        self.path.parent.stat()
        return FileLock(self.path.with_name(f"{self.path.name}.lock"), thread_local=False)

    def _entries(self) -> list[tuple[str, str]]:
        if not self.path.exists():
            return []
        lines = (line.split() for line in self.path.read_text("ascii", errors="replace").splitlines())
        return [(parts[0], parts[1]) for parts in lines if len(parts) == 2]


def mark(keys: Keys, account: Account) -> str:
    """The keyed mark of an erased person's account.

    By the first key, so that the list goes on working with backups from before a new key, under whichever key they are.
    """
    told = f"{account.member_id} {account.first_seen.isoformat()} {account.platform}:{account.external_id}"
    return keys.first_holder("erased", told)
