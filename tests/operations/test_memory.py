"""What was freed goes back to the system."""

import sys
from collections.abc import Awaitable, Callable
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
    memory.return_memory()
    assert full - resident() > PIECE * PIECES
    assert last


async def test_memory_goes_back_when_work_is_over_and_now_and_then_during_long_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used, done = 0.0, list[str]()

    async def work(look: Callable[[], Awaitable[object]], *_: object) -> None:
        nonlocal used
        for spent in (5, 5, 0, 0, 0, 0.01, *[1] * memory.BUSY_CHECKS):
            used += spent
            done.append(f"{spent}:")
            await look()

    monkeypatch.setattr(memory, "process_time", lambda: used)
    monkeypatch.setattr(memory, "run_often", work)
    monkeypatch.setattr(memory, "return_memory", lambda: done.append("back"))
    await memory.return_memory_when_idle(lambda: done.append("rest"))
    quiet = "5: 5: 0: rest back 0: rest 0: rest 0.01: rest"
    assert " ".join(done) == f"{quiet} {'1: ' * memory.BUSY_CHECKS}back"
