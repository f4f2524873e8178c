"""Reads the files that were exported with items: from a zip, or from a folder."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from bot.errors import OperatorError

LARGEST = 64 * 1024 * 1024
"""The most bytes of a file; a larger one is not taken."""


class Files(Protocol):
    """The files of an export by their paths."""

    def content(self, path: str) -> bytes | None:
        """The content of a file; None when it is not there."""


class Zipped:
    """The files in a zip."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def content(self, path: str) -> bytes | None:
        """The content of a file; see `Files`."""
        try:
            return self._file.read(path) if self._file.getinfo(path).file_size <= LARGEST else None
        except (KeyError, zipfile.BadZipFile, RuntimeError):
            return None


class Foldered:
    """The files in a folder, and none outside it."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def content(self, path: str) -> bytes | None:
        """The content of a file; see `Files`."""
        try:
            file = (self._root / path).resolve()
            inside = file.is_relative_to(self._root) and file.is_file() and file.stat().st_size <= LARGEST
            return file.read_bytes() if inside else None
        except (OSError, ValueError):
            return None


@contextmanager
def opened(path: Path | None) -> Iterator[Files | None]:
    """The files of an export in a zip or a folder; None for none.

    Raises:
        OperatorError: there is neither.
    """
    if path is None or path.is_dir():
        yield Foldered(path) if path else None
        return
    try:
        file = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise OperatorError(f"{path} is neither a zip nor a folder of exported files.") from error
    with file:
        yield Zipped(file)
