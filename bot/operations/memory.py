"""Returns freed memory to the system where the C library is glibc; elsewhere it does nothing."""

import contextlib
import ctypes
from collections.abc import Callable
from time import process_time

from bot.recurring import run_often
from bot.troubles import Troubles

INTERVAL = 2.0
"""Seconds between two checks whether the bot is idle."""
QUIET = 0.05
"""The most CPU seconds between two checks for the bot to count as idle."""
BUSY_CHECKS = 30
"""While the bot stays busy, memory is returned at one of so many checks."""
ARENAS = 2
"""The most heaps, shared by all threads; by default each thread has its own, which keeps what a burst needed."""
LARGE = 2 << 20
"""Bytes from which an allocation is returned as soon as it is freed: more than the encoder needs for a batch.

The library raises that by itself to what was freed last: 8 MiB more stayed in its heaps, between what is still used."""
KEPT = 8 << 20
"""Free bytes at a heap's end that it keeps, so that they need not be fetched again for the next message."""
_ARENA_MAX, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1
"""The numbers of those options of `mallopt`."""


def limit_heaps() -> None:
    """Let threads share heaps, and keep large allocations out of them: 21 MiB less. To be called before any starts."""
    for option, value in ((_ARENA_MAX, ARENAS), (_MMAP_THRESHOLD, LARGE), (_TRIM_THRESHOLD, KEPT)):
        _call("mallopt", option, value)


def return_memory() -> None:
    """Return freed memory to the system: 20 MiB once 1,000 answers are encoded."""
    _call("malloc_trim", 0)


async def return_memory_when_idle(release: Callable[[], None]) -> None:
    """Return memory when the bot becomes idle after work, else once a minute of work, until cancelled.

    Args:
        release: called when the bot is idle; frees what is needed only during work.
    """
    checked = given = process_time()
    busy_checks = 0

    async def check() -> None:
        nonlocal checked, given, busy_checks
        now = process_time()
        busy, checked = now - checked > QUIET, now
        busy_checks = (busy_checks + 1) % BUSY_CHECKS if busy else 0
        if not busy:
            release()
        if busy_checks == 0 and now - given > QUIET:
            return_memory()
            given = now

    await run_often(check, Troubles("memory"), INTERVAL)


def _call(name: str, *arguments: int) -> None:
    with contextlib.suppress(AttributeError, OSError, TypeError):
        getattr(ctypes.CDLL(None), name)(*arguments)
