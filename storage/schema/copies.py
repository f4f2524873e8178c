"""Backs up a SQLite database, verifying the copy before it gets its name, and restores such a backup."""

import contextlib
import os
from itertools import count
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from storage.engine import keys as keyring
from storage.engine import sqlite, succession
from storage.engine.errors import StoreBusy, StoreError, explain
from storage.engine.keys import Keys, flush_folder
from storage.engine.ownership import take_after
from storage.engine.unique import table_of
from storage.models import Feedback
from storage.schema import soundness
from storage.schema.opening import Location
from storage.schema.soundness import Examined

DRAFT = "part"
"""The suffix of a copy's name until it was verified."""
RESTS = ("-wal", "-shm", "-journal")


def back_up(file: Path, target: Path, keys: Keys) -> Examined:
    """Copy a database, which may be in use, to a new file; the copy is verified completely before it gets its name.

    Raises:
        StoreError: the target exists, or the copy cannot be made or is damaged; then no file is left.
    """
    if target.exists():
        raise StoreError(f"The backup {target} exists already: nothing was overwritten.")
    draft = target.with_name(f"{target.name}.{DRAFT}")
    _remove(draft)
    try:
        before = _items(file, keys)
        sqlite.backup(file, draft, keys)
        found = soundness.examine_file(draft, keys)
        if found.faults:
            raise StoreError(f"The copy is not sound, so it was removed: {found.faults[0]}")
        _require_all(found, before, _items(file, keys))
        sqlite.end_log(draft, keys)
        draft.rename(target)
    finally:
        _remove(draft)
    flush_folder(target.absolute().parent)
    return found


def bring_back(location: Location, backup: Path, keys: Keys, mark: str) -> Path | None:
    """Replace a SQLite database by a backup. The caller has verified the backup and locked the database.

    Args:
        keys: the key the backup was made with; it replaces the present one if that differs.
        mark: the suffix of the name under which the present database is kept.

    Returns:
        Where the present database is kept; None when there was none.

    Raises:
        StoreError: the backup is damaged; nothing was changed.
    """
    file = (location.file or Path()).resolve()
    draft = file.with_name(f"{file.name}.restoring")
    _remove(draft)
    try:
        sqlite.copy_of(backup, draft)
        soundness.require_sound(draft, keys, backup)
        sqlite.end_log(draft, keys)
        present = keyring.load(location.key_file) if location.key_file.exists() else None
        _fold_log(file, present)
        kept = _put_aside(file, mark)
        if present != keys:
            succession.announce(location.key_file, keys)
        take_after(draft, file)
        draft.replace(file)
    finally:
        _remove(draft)
    flush_folder(file.parent)
    if present != keys:
        succession.install(location.key_file, present)
    return kept


def _fold_log(file: Path, keys: Keys | None) -> None:
    """Write the log of a database into its file, so that a crash while it is replaced loses nothing.

    Raises:
        StoreBusy: another program uses it.
    """
    if keys is None or not file.exists():
        return
    try:
        with sqlite.exclusive(file, keys):
            pass
    except StoreBusy:
        raise
    except StoreError:
        # It is damaged, or has another key: then it is kept with its log.
        return


def _put_aside(file: Path, mark: str) -> Path | None:
    """Link a database under a second name, and move its log there; return the new path, None without a database."""
    if not file.exists():
        return None
    names = (f"{file.name}.{mark}" + (f".{number}" if number > 1 else "") for number in count(1))
    kept = next(path for path in map(file.with_name, names) if not path.exists())
    os.link(file, kept)
    for rest in RESTS:
        with contextlib.suppress(FileNotFoundError):
            file.with_name(f"{file.name}{rest}").replace(kept.with_name(f"{kept.name}{rest}"))
    return kept


def _items(file: Path, keys: Keys) -> int:
    engine = sqlite.shared_reader(file, keys)
    try:
        with engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(table_of(Feedback))) or 0
    except DBAPIError as error:
        raise explain(error) or StoreError(f"The database cannot be read: {error.orig}.") from error
    finally:
        engine.dispose()


def _require_all(found: Examined, before: int, after: int) -> None:
    """Check that a copy's number of items lies between those before and after copying, since others may write."""
    copied = found.rows.get("feedback")
    if copied is not None and not min(before, after) <= copied <= max(before, after):
        raise StoreError(f"The copy has {copied} items of {after}, so it was removed: try again.")


def _remove(file: Path) -> None:
    for rest in ("", *RESTS):
        file.with_name(f"{file.name}{rest}").unlink(missing_ok=True)
