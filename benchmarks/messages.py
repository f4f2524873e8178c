"""Measures messages through `App.handle`, with and without a durable write, beside the disk's own write time."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

from sqlmodel import Session

from benchmarks.rig.bot import Crowd, crowd
from benchmarks.rig.report import Chapter, Figure
from benchmarks.rig.stored import check
from benchmarks.rig.timing import Stopwatch, milliseconds, percentile, probe_disk
from bot.ports.reply import Reply
from storage.engine.unique import add_row
from storage.models import Member

MESSAGES = 2_000
PEOPLE = 200
IDLE = "a command that stores nothing"
Say = Callable[[int], Awaitable[Reply]]
"""Sends a message from the person with this number."""


async def measure() -> Chapter:
    """Every figure of this chapter."""
    disk = probe_disk()
    figures = []
    async with crowd() as people:
        for callers in (1, 50):
            figures += await _series(people.suggest, f"a stored suggestion, {callers} at a time", callers, disk)
        await check(people.core.store, 2 * (MESSAGES + 1))
        for callers in (1, 50):
            figures += await _series(partial(people.say, "/help"), f"{IDLE}, {callers} at a time", callers)
        for callers in (1, 50):
            figures.append(await _commits(people, callers, disk))
    return Chapter("Messages", "python -m benchmarks messages", tuple(figures), _note())


async def _commits(people: Crowd, callers: int, disk: float) -> Figure:
    """The time until a transaction of one row is durable."""
    taken: list[float] = []

    async def caller() -> None:
        for _ in range(MESSAGES // callers):
            start = time.perf_counter()
            await people.core.store.write(_one_row)
            taken.append(time.perf_counter() - start)

    await asyncio.gather(*(caller() for _ in range(callers)))
    found = f"{milliseconds(percentile(taken, 0.5))} / {milliseconds(percentile(taken, 0.99))}"
    return Figure(
        f"a row committed, {callers} at a time: half within / 99 of 100 within",
        found,
        f"fdatasync {milliseconds(disk)}",
    )


def _one_row(session: Session) -> None:
    add_row(session, Member(first_seen=datetime.now(UTC).date()))


async def _series(say: Say, name: str, callers: int, disk: float | None = None) -> list[Figure]:
    taken: list[float] = []
    await say(0)

    async def caller(number: int) -> None:
        for turn in range(MESSAGES // callers):
            start = time.perf_counter()
            await say((number + turn) % PEOPLE)
            taken.append(time.perf_counter() - start)

    with Stopwatch() as watch:
        await asyncio.gather(*(caller(number) for number in range(callers)))
    beside = f"fdatasync {milliseconds(disk)}" if disk else ""
    return [
        Figure(f"{name}: messages a second", f"{len(taken) / watch.wall:,.0f}", beside),
        Figure(f"{name}: CPU a message", milliseconds(watch.cpu / len(taken))),
        Figure(
            f"{name}: half within / 99 of 100 within",
            f"{milliseconds(percentile(taken, 0.5))} / {milliseconds(percentile(taken, 0.99))}",
            beside,
        ),
    ]


def _note() -> str:
    return f"{MESSAGES:,} messages of {PEOPLE} people on a new encrypted SQLite file; CPU counts all threads."
