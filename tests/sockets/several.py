"""Several bots on one PostgreSQL, each in a process of its own with a log of its own."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import Server
from tests.sockets.process import Bot

TAKEN = 10.0
"""Seconds in which another process must have taken over."""


@contextmanager
def several(postgres: Server, name: str, home: Path, env: Mapping[str, str], count: int = 3) -> Iterator[Sequence[Bot]]:
    """So many bots that share a database, none of them started; whichever runs at the end is killed."""
    place, bots = postgres.create(name), []
    for number in range(count):
        (home / str(number)).mkdir()
        own = {"PORTEVOIX_DATABASE": place.url, "PORTEVOIX_KEY_FILE": str(place.key_file), **env}
        bots.append(Bot(home / str(number), "http://127.0.0.1:9", **own))
    try:
        yield bots
    finally:
        for bot in bots:
            if bot.running:
                bot.kill()
        postgres.drop(name)


async def seconds_until(true: Callable[[], object], most: float = TAKEN) -> float:
    """How long it takes until something is true; fails when it is not in time."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() < begun + most, f"not within {most} s"
        await asyncio.sleep(0.02)
    return time.monotonic() - begun
