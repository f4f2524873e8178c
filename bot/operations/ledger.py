"""Remembers the copies that were made of the data, so that the operator sees how old each is and what to delete."""

import glob
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from storage.engine.succession import aside_of
from storage.schema.opening import Location
from storage.values import frozen

MOST = 200
"""How many notes are kept; the oldest go first."""


@frozen
class Copy:
    """A copy of the data, or an old key that opens one.

    Attributes:
        kind: `backup`, `export`, `before` for a copy made before a change, `unfinished` for one that a crash left, or
            `old key`.
        file: where it is; None where it went is not known.
        made: when it was made; aware, UTC.
    """

    kind: str
    file: Path | None
    made: datetime


class Ledger:
    """The notes of one installation: a file beside the database or, on PostgreSQL, the key; a line of JSON each."""

    def __init__(self, place: Location) -> None:
        self._place = place
        beside: Path = place.file or place.key_file
        self.path = beside.with_name(f"{beside.name}.copies")

    def note(self, kind: str, file: Path | None, now: datetime) -> None:
        """Note a copy. A file that cannot be written is logged: what was asked is done all the same."""
        line = json.dumps({"kind": kind, "file": str(file.absolute()) if file else None, "made": now.isoformat()})
        try:
            kept = self.path.read_text("utf-8").splitlines()[-MOST + 1 :] if self.path.exists() else []
            draft = self.path.with_name(f"{self.path.name}.new")
            draft.write_text("\n".join([*kept, line]) + "\n", "utf-8")
            draft.replace(self.path)
        except OSError as error:
            mend = f"{self.path} cannot be written ({error.strerror}): doctor does not list this {kind}."
            structlog.get_logger().warning("copies", mend=mend)

    def copies(self) -> list[Copy]:
        """Every copy that is known and still there, the oldest first; of those that went nowhere known, the newest."""
        noted = list(self._noted())
        there = {one.file: one for one in noted if one.file and one.file.exists()}
        found = {one.file: one for one in self._beside() if one.file not in there}
        lost = [one for one in noted if one.file is None][-1:]
        return sorted([*there.values(), *found.values(), *lost], key=lambda one: one.made)

    def _beside(self) -> Iterator[Copy]:
        """The copies made before a change, and old keys, which lie where they were made."""
        if self._place.file:
            folder, name = self._place.file.absolute().parent, glob.escape(self._place.file.name)
            for kind, pattern in (("before", "before-*"), ("unfinished", "rekeyed"), ("unfinished", "restoring")):
                for file in folder.glob(f"{name}.{pattern}"):
                    if not file.name.endswith(("-wal", "-shm", "-journal")):
                        yield _seen(kind, file)
        for file in aside_of(self._place.key_file):
            yield _seen("old key", file)

    def _noted(self) -> Iterator[Copy]:
        try:
            lines = self.path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return
        for line in lines:
            try:
                read: dict[str, Any] = json.loads(line)
                file = Path(read["file"]) if read["file"] else None
                yield Copy(str(read["kind"]), file, datetime.fromisoformat(read["made"]))
            except (ValueError, KeyError, TypeError):
                # A line cut off by a crash.
                continue


def _seen(kind: str, file: Path) -> Copy:
    return Copy(kind, file, datetime.fromtimestamp(file.stat().st_mtime, UTC))
