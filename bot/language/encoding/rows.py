"""A table in a file, of which only the rows that are looked up take memory."""

import os
from tempfile import TemporaryFile
from typing import Any
from weakref import finalize

import numpy as np

from bot.language.arrays import Array

FOLDER = "/var/tmp"  # noqa: S108 - the file has no name that others could take
"""A folder on disk: the usual folder for temporary files may be in memory."""


class Rows:
    """The rows of a table, read from its file at each use; the system's file cache keeps those read often in memory.

    Args:
        table: an array with two dimensions.

    Raises:
        OSError: the file cannot be written.
    """

    def __init__(self, table: Array) -> None:
        self._width, self._type = table.shape[1], table.dtype
        # It has no name, so that it is deleted however the process ends.
        with TemporaryFile(dir=FOLDER) as file:
            file.write(np.ascontiguousarray(table).data)
            file.flush()
            self._file = os.dup(file.fileno())
        finalize(self, os.close, self._file)

    def __getitem__(self, numbers: Array) -> Array:
        """The rows with these numbers, as an array of their own."""
        found = np.empty((len(numbers), self._width), self._type)
        for row, number in zip(found, numbers.tolist(), strict=True):
            os.preadv(self._file, [row.data], number * row.nbytes)
        return found


def move_to_file(table: Array) -> Any:
    """Move a table to a file; return its rows, or the table itself where a file cannot be used."""
    if not hasattr(os, "preadv"):
        return table
    try:
        return Rows(table)
    except OSError:
        return table
