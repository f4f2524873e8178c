"""Measures messages through `App.handle`, with and without a durable write, beside the disk's own time for one."""

import asyncio
import time
from datetime import UTC, datetime

from sqlmodel import Session

from benchmarks.rig.bot import WORDS, Crowd, crowd
from benchmarks.rig.report import Chapter, Figure
from benchmarks.rig.timing import Stopwatch, milliseconds, percentile, probe_disk
from storage.engine.unique import add_row
from storage.models import Member

MESSAGES = 2_000
PEOPLE = 200


async def measure() -> Chapter:
    """Every figure of this chapter."""
    disk = probe_disk()
    figures = []
    async with crowd() as people:
        for text, name in ((f"/suggest {WORDS}", "a stored suggestion"), ("/help", "a command that stores nothing")):
            for callers in (1, 50):
                figures += await _series(people, text, f"{name}, {callers} at a time", callers, disk)
        for callers in (1, 50):
            figures.append(await _commits(people, callers, disk))
    return Chapter("Messages", "python -m benchmarks messages", tuple(figures), _note())


async def _commits(people: Crowd, callers: int, disk: float) -> Figure:
    """The time that a transaction of one row takes to be durable."""
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


async def _series(people: Crowd, text: str, name: str, callers: int, disk: float) -> list[Figure]:
    taken: list[float] = []
    await people.say(text)

    async def caller(number: int) -> None:
        for turn in range(MESSAGES // callers):
            start = time.perf_counter()
            await people.say(text, (number + turn) % PEOPLE)
            taken.append(time.perf_counter() - start)

    with Stopwatch() as watch:
        await asyncio.gather(*(caller(number) for number in range(callers)))
    beside = f"fdatasync {milliseconds(disk)}" if text.startswith("/suggest") else ""
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
