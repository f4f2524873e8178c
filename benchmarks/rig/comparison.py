"""Compares our bot with a minimal one, each in its own process with its own fake platform, loaded alternately."""

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
from benchmarks.rig.stored import check_stored
from benchmarks.rig.timing import milliseconds, percentile

MESSAGES = 500
"""The number of messages in a round."""
ROUNDS = 4
PEOPLE = 200
CROWD = 10_000
"""The number of people in the second comparison, to show whether the time for a message grows with it."""
WARM_UP = 50
"""The number of messages before the first round."""
SINGLE_MESSAGES = 12
"""The number of messages sent one at a time after each round."""
IDLE_AFTER = 5.0
"""Seconds after which a newly started bot is idle."""
TICKS = os.sysconf("SC_CLK_TCK")
"""Clock ticks per second, the unit of CPU time in /proc."""
JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlatformSetup:
    """How to run the bots on a fake platform.

    Attributes:
        fake: the module of the fake platform; it prints its origin.
        bare: the module of the minimal bot; it reads the origin from `BENCH_URL`.
        settings: makes our bot's environment variables from the origin.
        suggestions: makes a number of suggestion events in the fake's format.
        path: the fake's path for posting events.
        answered: the API method whose calls the fake counts as answers.
        people: the number of people who send in turn; each sends a message before the measurement.
        burst: the number of events sent at once.
        prepare: a path and a body to post to the fake first.
    """

    fake: str
    bare: str
    settings: Callable[[str], Mapping[str, str]]
    suggestions: Callable[[int], Sequence[JSON]]
    path: str
    answered: str
    people: int = PEOPLE
    burst: int = MESSAGES
    prepare: tuple[str, JSON] | None = None


async def compare(setup: PlatformSetup) -> tuple[Figure, ...]:
    """The figures of our bot, each beside that of the minimal bot."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        own = {
            "PORTEVOIX_DATABASE": f"sqlite:///{folder}/bench.db",
            "PORTEVOIX_KEY_FILE": f"{folder}/keys/key",
            **{f"PORTEVOIX_LIMITS__{name.upper()}": str(value) for name, value in BOUNDLESS.model_dump().items()},
        }
        with _running(setup, setup.bare, {}) as bare, _running(setup, "bot", own, "run") as ours:
            async with bare.connected(), ours.connected():
                for _ in range(ROUNDS):
                    # Alternately, since the speed of a shared machine changes from minute to minute.
                    await bare.round()
                    await ours.round()
        await check_stored(Path(folder), ours.sent)
    return tuple(Figure(what, tell(ours), f"bare echo {tell(bare)}") for what, tell in FIGURES)


async def compare_crowd(setup: PlatformSetup) -> tuple[Figure, ...]:
    """The figures that depend on the number of people, each beside that of the minimal bot."""
    found = await compare(setup)
    return tuple(replace(one, what=f"{one.what}, {setup.people:,} people") for one in found[:2])


async def measure_idle(setup: PlatformSetup, own: Mapping[str, str]) -> "BotProcess":
    """Start only our bot, send it a few messages, and measure its memory when idle.

    Args:
        own: environment variables besides the setup's.
    """
    with _running(setup, "bot", own, "run") as ours:
        async with ours.connected():
            await asyncio.sleep(IDLE_AFTER)
            ours.memory = _memory(ours.pid)
    return ours


@dataclass
class BotProcess:
    """One bot in its own process, and its measurements.

    Attributes:
        started: when it was started, in Unix seconds.
        ready: seconds from the start to the first answer.
        wall: by round, the seconds per message.
        cpu: by round, the CPU seconds per message.
        alone: the seconds for each message sent one at a time.
        memory: the most bytes of resident memory.
        sent: the number of suggestions sent.
    """

    setup: PlatformSetup
    url: str
    pid: int
    started: float
    ready: float = 0.0
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    memory: float = 0.0
    sent: int = 0

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Connect to the fake's control interface, wait for the first answer, and warm the bot up."""
        async with aiohttp.ClientSession(self.url) as self._http:
            if self.setup.prepare:
                await self._post(*self.setup.prepare)
            await self._burst(1)
            self.ready = time.time() - self.started
            for _ in range(-(-max(WARM_UP, self.setup.people) // self.setup.burst)):
                await self._burst(min(self.setup.burst, self.setup.people))
            yield

    async def round(self) -> None:
        """Measure a round of bursts, then a few messages one at a time."""
        cpu, start = _cpu(self.pid), time.perf_counter()
        for _ in range(MESSAGES // self.setup.burst):
            await self._burst(self.setup.burst)
        self.wall.append((time.perf_counter() - start) / MESSAGES)
        self.cpu.append((_cpu(self.pid) - cpu) / MESSAGES)
        for _ in range(SINGLE_MESSAGES):
            start = time.perf_counter()
            await self._burst(1)
            self.alone.append(time.perf_counter() - start)
        self.memory = max(self.memory, _memory(self.pid))

    async def _burst(self, count: int) -> None:
        """Send `count` events and wait for as many answers; events sent before the bot is connected are repeated.

        Raises:
            RuntimeError: the bot has ended.
        """
        self.sent += count
        waiting = list(self.setup.suggestions(count))
        while waiting:
            told = await self._post(self.setup.path, waiting)
            lost = [said for said, heard in zip(waiting, told, strict=True) if heard is False]
            waiting = lost
            await self._wait(0.1 if lost else 0)
        while await self._answers() < self.sent:
            await self._wait(0.003)

    async def _wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        if "(zombie)" in Path(f"/proc/{self.pid}/status").read_text():
            raise RuntimeError("the bot has ended: start it by hand to see why")

    async def _answers(self) -> int:
        async with self._http.get("/control/state") as answer:
            state = await answer.json()
        return int(state["sent"].get(self.setup.answered, 0))

    async def _post(self, path: str, body: object) -> Any:
        async with self._http.post(path, json=body) as answer:
            answer.raise_for_status()
            return await answer.json()


FIGURES: tuple[tuple[str, Callable[[BotProcess], str]], ...] = (
    ("messages a second", lambda bot: f"{1 / percentile(bot.wall, 0.5):,.0f}"),
    ("CPU a message", lambda bot: milliseconds(percentile(bot.cpu, 0.5))),
    ("half answered within, one at a time", lambda bot: milliseconds(percentile(bot.alone, 0.5))),
    ("99 of 100 within, one at a time", lambda bot: milliseconds(percentile(bot.alone, 0.99))),
    ("memory", lambda bot: f"{bot.memory / 2**20:,.0f} MiB"),
    ("from start to the first answer", lambda bot: f"{bot.ready:.1f} s"),
)


@contextlib.contextmanager
def _running(
    setup: PlatformSetup, module: str, environment: Mapping[str, str], *arguments: str
) -> Iterator[BotProcess]:
    with _fake(setup.fake) as url:
        started = time.time()
        bot = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", module, *arguments],
            env={**os.environ, **environment, **setup.settings(url), "BENCH_URL": url},
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        try:
            yield BotProcess(setup, url, bot.pid, started)
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
    """The bytes of a process's resident memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(float(line.split()[1]) * 1_024 for line in lines if line.startswith("VmRSS"))
