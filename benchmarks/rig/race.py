"""Our bot beside a bare one: each in its own process on a fake of its own, loaded in turns."""

import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.rig.bot import BOUNDLESS
from benchmarks.rig.report import Figure
from benchmarks.rig.timing import milliseconds, percentile

MESSAGES = 500
"""In a round."""
ROUNDS = 4
PEOPLE = 200
CROWD = 10_000
"""What a bot remembers of each person must not be gone through with every message."""
WARM_UP = 50
ALONE = 12
SETTLED = 5.0
"""Seconds after which a bot that was just started is idle."""
TICKS = os.sysconf("SC_CLK_TCK")
JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Track:
    """A platform to run on.

    Attributes:
        fake: the module of the fake platform; it prints its origin.
        bare: the module of the bare bot; it finds the origin in `BENCH_URL`.
        settings: our bot's settings, from the origin.
        said: so many suggestions, as the fake takes them.
        path: where the fake takes them.
        answered: what the fake calls an answer.
        people: how many take their turns; before it is measured each has said something.
        burst: how many are said at once.
        prepare: what to tell the fake first: a path and a body.
    """

    fake: str
    bare: str
    settings: Callable[[str], Mapping[str, str]]
    said: Callable[[int], Sequence[JSON]]
    path: str
    answered: str
    people: int = PEOPLE
    burst: int = MESSAGES
    prepare: tuple[str, JSON] | None = None


async def race(track: Track) -> tuple[Figure, ...]:
    """The figures of ours, each beside the bare bot's."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        own = {
            "PORTEVOIX_DATABASE": f"sqlite:///{folder}/bench.db",
            "PORTEVOIX_KEY_FILE": f"{folder}/key",
            **{f"PORTEVOIX_LIMITS__{name.upper()}": str(value) for name, value in BOUNDLESS.model_dump().items()},
        }
        with _running(track, track.bare, {}) as bare, _running(track, "bot", own, "run") as ours:
            async with bare.connected(), ours.connected():
                for _ in range(ROUNDS):
                    # In turns: the speed of a shared machine changes from minute to minute.
                    await bare.round()
                    await ours.round()
    return tuple(Figure(what, tell(ours), f"bare echo {tell(bare)}") for what, tell in TOLD)


async def crowd(track: Track) -> tuple[Figure, ...]:
    """The figures that a crowd could change, each beside the bare bot's."""
    found = await race(track)
    return tuple(replace(one, what=f"{one.what}, {track.people:,} people") for one in found[:2])


async def start(track: Track, own: Mapping[str, str]) -> "Runner":
    """Our bot alone, started and left idle after a few messages; `own` are its settings beside the track's."""
    with _running(track, "bot", own, "run") as ours:
        async with ours.connected():
            await asyncio.sleep(SETTLED)
            ours.memory = _memory(ours.pid)
    return ours


@dataclass
class Runner:
    """One bot in its own process, and what it took."""

    track: Track
    url: str
    pid: int
    started: float
    ready: float = 0.0
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    memory: float = 0.0
    _sent: int = 0

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """The way to the fake's controls, the bot warmed up."""
        async with aiohttp.ClientSession(self.url) as self._http:
            if self.track.prepare:
                await self._post(*self.track.prepare)
            await self._burst(1)
            self.ready = time.time() - self.started
            for _ in range(-(-max(WARM_UP, self.track.people) // self.track.burst)):
                await self._burst(min(self.track.burst, self.track.people))
            yield

    async def round(self) -> None:
        """A round of bursts, then a few one at a time."""
        cpu, start = _cpu(self.pid), time.perf_counter()
        for _ in range(MESSAGES // self.track.burst):
            await self._burst(self.track.burst)
        self.wall.append((time.perf_counter() - start) / MESSAGES)
        self.cpu.append((_cpu(self.pid) - cpu) / MESSAGES)
        for _ in range(ALONE):
            start = time.perf_counter()
            await self._burst(1)
            self.alone.append(time.perf_counter() - start)
        self.memory = max(self.memory, _memory(self.pid))

    async def _burst(self, count: int) -> None:
        """Say so many things, and wait for as many answers; before the bot is there, say them again."""
        self._sent += count
        waiting = list(self.track.said(count))
        while waiting:
            told = await self._post(self.track.path, waiting)
            lost = [said for said, heard in zip(waiting, told, strict=True) if heard is False]
            waiting = lost
            await asyncio.sleep(0.1 if lost else 0)
        while await self._answers() < self._sent:
            await asyncio.sleep(0.003)

    async def _answers(self) -> int:
        async with self._http.get("/control/state") as answer:
            state = await answer.json()
        return int(state["sent"].get(self.track.answered, 0))

    async def _post(self, path: str, body: object) -> Any:
        async with self._http.post(path, json=body) as answer:
            answer.raise_for_status()
            return await answer.json()


TOLD: tuple[tuple[str, Callable[[Runner], str]], ...] = (
    ("messages a second", lambda bot: f"{1 / percentile(bot.wall, 0.5):,.0f}"),
    ("CPU a message", lambda bot: milliseconds(percentile(bot.cpu, 0.5))),
    ("half answered within, one at a time", lambda bot: milliseconds(percentile(bot.alone, 0.5))),
    ("99 of 100 within, one at a time", lambda bot: milliseconds(percentile(bot.alone, 0.99))),
    ("memory", lambda bot: f"{bot.memory / 2**20:,.0f} MiB"),
    ("from start to the first answer", lambda bot: f"{bot.ready:.1f} s"),
)


@contextlib.contextmanager
def _running(track: Track, module: str, environment: Mapping[str, str], *arguments: str) -> Iterator[Runner]:
    with _fake(track.fake) as url:
        started = time.time()
        bot = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", module, *arguments],
            env={**os.environ, **environment, **track.settings(url), "BENCH_URL": url},
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        try:
            yield Runner(track, url, bot.pid, started)
        finally:
            bot.terminate()
            bot.wait(20)


@contextlib.contextmanager
def _fake(module: str) -> Iterator[str]:
    with subprocess.Popen([sys.executable, "-m", module], stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            yield process.stdout.readline().strip() if process.stdout else ""
        finally:
            process.terminate()


def _cpu(pid: int) -> float:
    """The CPU seconds a process has used, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(pid: int) -> float:
    """The bytes a process holds in memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(float(line.split()[1]) * 1_024 for line in lines if line.startswith("VmRSS"))
