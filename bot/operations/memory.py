"""Keeps what the C library holds of freed memory small, where that library is glibc; elsewhere it does nothing."""

import contextlib
import ctypes

from bot.recurring import look_often
from bot.troubles import Troubles

LOOK = 60.0
"""Seconds between two times at which memory is given back."""
ARENAS = 2
"""Heaps for all threads; by default each thread has its own, which keeps what a burst needed for a moment."""
_ARENA_MAX = -8
"""The number of that option of `mallopt`."""


def limit_heaps() -> None:
    """Let threads share heaps, before the first one is started: 13 MiB less after a burst."""
    _call("mallopt", _ARENA_MAX, ARENAS)


def give_back() -> None:
    """Give freed memory back to the system: 20 MiB once 1,000 answers are encoded."""
    _call("malloc_trim", 0)


async def keep_giving_back() -> None:
    """Give it back each minute, until cancelled; that takes some milliseconds."""

    async def look() -> None:
        give_back()

    await look_often(look, Troubles("memory"), LOOK)


def _call(name: str, *arguments: int) -> None:
    with contextlib.suppress(AttributeError, OSError, TypeError):
        getattr(ctypes.CDLL(None), name)(*arguments)
