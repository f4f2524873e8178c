"""A table kept in a file, of which only the rows that are looked up take memory."""

import os
from tempfile import TemporaryFile
from typing import Any

import numpy as np

from bot.language.arrays import Array

FOLDER = "/var/tmp"  # noqa: S108 - the file has no name that others could take
"""On disk, where the usual folder for what is temporary may be in memory."""


class Rows:
    """The rows of a table, read from its file each time.

    The system keeps those in memory that are read often, and takes that memory back when it needs it.

    Args:
        table: with two dimensions.

    Raises:
        OSError: the file cannot be written.
    """

    def __init__(self, table: Array) -> None:
        self._width, self._type = table.shape[1], table.dtype
        # It has no name, so that nothing stays behind whatever ends the process.
        self._file = TemporaryFile(dir=FOLDER)  # noqa: SIM115 - it is open as long as its rows are read
        self._file.write(np.ascontiguousarray(table).data)
        self._file.flush()

    def __getitem__(self, numbers: Array) -> Array:
        """The rows with these numbers."""
        found = np.empty((len(numbers), self._width), self._type)
        for row, number in zip(found, numbers.tolist(), strict=True):
            os.preadv(self._file.fileno(), [row], number * row.nbytes)
        return found


def spill(table: Array) -> Any:
    """A table's rows, from a file; the table itself where none can be written or read in parts."""
    if not hasattr(os, "preadv"):
        return table
    try:
        return Rows(table)
    except OSError:
        return table
