"""Replaces the key file by a new one, in steps such that a crash at any instant can be recovered from.

The new key is stored beside the key file until its database is in place; then the old key is renamed and the new one
takes its name. After a crash between these steps, the next opening of the database completes them (`complete`).
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

from storage.engine import keys as keyring
from storage.engine.keys import Keys
from storage.engine.ownership import take_after


def coming(key_file: Path) -> Path:
    """The path of a new key that is not in use yet, beside the key file."""
    file = key_file.resolve()
    return file.with_name(f"{file.name}.new")


def aside(key_file: Path, old: Keys) -> Path:
    """The path an old key is moved to; it depends on the key alone, so that repeating the step changes nothing."""
    file = key_file.resolve()
    return file.with_name(f"{file.name}.old-{hashlib.sha256(b'name' + old.root).hexdigest()[:8]}")


def aside_of(key_file: Path) -> list[Path]:
    """The old keys that are kept beside a key file."""
    file = key_file.resolve()
    named = re.compile(rf"{re.escape(file.name)}\.old-[0-9a-f]{{8}}")
    return sorted(one for one in file.parent.glob("*") if named.fullmatch(one.name))


def prepare(key_file: Path) -> Keys:
    """Write a new random key beside the key file, replacing one left there by a failed rekey.

    Raises:
        StoreError: the file cannot be written.
    """
    _clear(key_file)
    return keyring.create(coming(key_file))


def announce(key_file: Path, keys: Keys) -> None:
    """Write a given key beside the key file, as `prepare` does with a random one.

    Raises:
        StoreError: the file cannot be written.
    """
    _clear(key_file)
    keyring.keep(coming(key_file), keys)


def install(key_file: Path, old: Keys | None) -> Path | None:
    """Move the old key, if any, aside and the new one into its place; return the old one's path.

    Raises:
        StoreError: the old key cannot be moved.
        OSError: the new key cannot be renamed.
    """
    former = aside(key_file, old) if old else None
    if old and former:
        keyring.keep(former, old)
        take_after(former, key_file)
        take_after(coming(key_file), key_file)
    coming(key_file).replace(key_file.resolve())
    keyring.flush_folder(key_file.resolve().parent)
    return former


def complete(key_file: Path, opens: Callable[[Keys], bool]) -> None:
    """Install a new key whose database is already in place; without such a database, change nothing.

    Args:
        opens: whether a key opens the database.

    Raises:
        StoreError: a key cannot be read or written.
    """
    waiting = coming(key_file)
    if os.path.lexists(waiting) and key_file.exists() and opens(keyring.load(waiting)):
        # Another process may have installed it meanwhile.
        with contextlib.suppress(FileNotFoundError):
            install(key_file, keyring.load(key_file))


def _clear(key_file: Path) -> None:
    """Remove a new key that is not in use, and files that a crash left half written."""
    file = key_file.resolve()
    left = re.compile(rf"{re.escape(file.name)}\.(new(\.[0-9a-f]{{8}})?|old-[0-9a-f]{{8}}\.[0-9a-f]{{8}})")
    for one in [one for one in file.parent.glob("*") if left.fullmatch(one.name)]:
        one.unlink(missing_ok=True)
