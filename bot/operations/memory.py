"""Keeps what the C library holds of freed memory small, where that library is glibc; elsewhere it does nothing."""

import contextlib
import ctypes
from collections.abc import Callable
from time import process_time

from bot.recurring import look_often
from bot.troubles import Troubles

LOOK = 2.0
"""Seconds between two looks whether the bot is quiet."""
QUIET = 0.05
"""CPU seconds between two looks up to which it is."""
LOOKS = 30
"""Of those in a row at which it is busy, each that many gives memory back, too."""
ARENAS = 2
"""Heaps for all threads; by default each thread has its own, which keeps what a burst needed for a moment."""
LARGE = 2 << 20
"""Bytes from which a piece of memory goes back as soon as it is freed: more than the encoder needs for a batch.

The library raises that by itself to what was freed last: 8 MiB more stayed in its heaps, between what is still used."""
KEPT = 8 << 20
"""Free bytes at a heap's end that it keeps, so that they need not be fetched again for the next message."""
_ARENA_MAX, _MMAP_THRESHOLD, _TRIM_THRESHOLD = -8, -3, -1
"""The numbers of those options of `mallopt`."""


def limit_heaps() -> None:
    """Let threads share heaps, before the first one is started, and keep large pieces out of them: 21 MiB less."""
    for option, value in ((_ARENA_MAX, ARENAS), (_MMAP_THRESHOLD, LARGE), (_TRIM_THRESHOLD, KEPT)):
        _call("mallopt", option, value)


def give_back() -> None:
    """Give freed memory back to the system: 20 MiB once 1,000 answers are encoded."""
    _call("malloc_trim", 0)


async def keep_giving_back(rest: Callable[[], None]) -> None:
    """Give memory back when the bot has worked and is quiet again, else each minute of work, until cancelled.

    Args:
        rest: gives back what is only needed for the next message.
    """
    looked = given = process_time()
    looks = 0

    async def look() -> None:
        nonlocal looked, given, looks
        now = process_time()
        busy, looked = now - looked > QUIET, now
        looks = (looks + 1) % LOOKS if busy else 0
        if not busy:
            rest()
        if looks == 0 and now - given > QUIET:
            give_back()
            given = now

    await look_often(look, Troubles("memory"), LOOK)


def _call(name: str, *arguments: int) -> None:
    with contextlib.suppress(AttributeError, OSError, TypeError):
        getattr(ctypes.CDLL(None), name)(*arguments)
