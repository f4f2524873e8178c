"""Measures wall time, CPU time and the disk's write latency, and computes percentiles."""

import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self


@dataclass
class Stopwatch:
    """Measures a `with` block: the wall seconds, and the CPU seconds of all threads of this process."""

    wall: float = 0.0
    cpu: float = 0.0
    _from: tuple[float, float] = field(default=(0.0, 0.0), repr=False)

    def __enter__(self) -> Self:
        self._from = (time.perf_counter(), time.process_time())
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.cpu = time.perf_counter() - self._from[0], time.process_time() - self._from[1]


def percentile(seconds: Sequence[float], share: float) -> float:
    """The nearest-rank percentile of measurements.

    Args:
        share: from 0 to 1.
    """
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds(seconds: float) -> str:
    """A time in milliseconds, with its unit."""
    return f"{seconds * 1_000:.2f} ms" if seconds < 0.1 else f"{seconds * 1_000:.0f} ms"


def probe_disk(times: int = 200, size: int = 4_096) -> float:
    """The median seconds for a durable write of a page to disk (`fdatasync`), the lower bound of any durable write.

    Args:
        times: the number of measurements.
        size: the bytes of a page.
    """
    taken = []
    with (
        tempfile.TemporaryDirectory(dir=Path.cwd()) as folder,
        (Path(folder) / "probe").open("wb", buffering=0) as file,
    ):
        for _ in range(times):
            file.write(b"x" * size)
            start = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - start)
    return percentile(taken, 0.5)
