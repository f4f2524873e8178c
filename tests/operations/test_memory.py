"""What was freed goes back to the system."""

import sys
from pathlib import Path

import pytest

from bot.operations import memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")
PIECE, PIECES = 60_000, 1_000
"""Bytes too few for the C library to give each back by itself, and how many pieces."""


def resident() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1_024 for line in lines if line.startswith("VmRSS"))


def test_freed_memory_is_given_back() -> None:
    memory.limit_heaps()
    kept = [bytearray(PIECE) for _ in range(PIECES)]
    held = [bytearray(PIECE) for _ in kept]
    last = bytearray(PIECE)
    full = resident()
    del kept, held
    memory.give_back()
    assert full - resident() > PIECE * PIECES
    assert last
