"""Arrays in a memory-mapped file, whose pages take no memory while they are not used."""

import mmap
from collections.abc import Sequence
from tempfile import TemporaryFile

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding import rows

_ALIGNED = 64
"""The alignment of arrays in bytes, as the C library aligns large ones."""


class Pages:
    """Read-only copies of arrays in a temporary file without a name.

    Attributes:
        arrays: the copies, in the order of the arrays.

    Raises:
        OSError: the file cannot be written.
    """

    def __init__(self, arrays: Sequence[Array]) -> None:
        starts = np.cumsum([0, *(-(-one.nbytes // _ALIGNED) * _ALIGNED for one in arrays)]).tolist()
        with TemporaryFile(dir=rows.FOLDER) as file:
            for start, one in zip(starts, arrays, strict=False):
                file.seek(start)
                file.write(np.ascontiguousarray(one).data)
            file.truncate(starts[-1])
            file.flush()
            self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.arrays = [
            np.frombuffer(self._mapped, one.dtype, one.size, start).reshape(one.shape)
            for start, one in zip(starts, arrays, strict=False)
        ]

    def release(self) -> None:
        """Release their memory; the next use loads it again, in 1 ms for 12 MiB."""
        if hasattr(self._mapped, "madvise"):
            self._mapped.madvise(mmap.MADV_DONTNEED)
