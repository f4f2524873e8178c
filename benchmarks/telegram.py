"""Telegram: a stored suggestion, beside a bare python-telegram-bot echo on the same fake in the same run."""

import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.bot import BOUNDLESS, WORDS
from benchmarks.report import Chapter, Figure
from benchmarks.timing import milliseconds, percentile, probe_disk
from tests.sockets.updates import Updates, private, user

TOKEN = "123456:AA-benchmark"
MESSAGES = 500
ROUNDS = 4
PEOPLE = 200
WARM_UP = 50
TICKS = os.sysconf("SC_CLK_TCK")


async def measure() -> Chapter:
    """Every figure of this chapter."""
    disk = probe_disk()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        own = {
            "PORTEVOIX_DATABASE": f"sqlite:///{folder}/bench.db",
            "PORTEVOIX_KEY_FILE": f"{folder}/key",
            **{f"PORTEVOIX_LIMITS__{name.upper()}": str(value) for name, value in BOUNDLESS.model_dump().items()},
        }
        with _running(["benchmarks.bare_telegram"], {}) as bare, _running(["bot", "run"], own) as ours:
            async with bare.connected(), ours.connected():
                for _ in range(ROUNDS):
                    # In turns: the speed of a shared machine changes from minute to minute.
                    await bare.round()
                    await ours.round()
    figures = tuple(Figure(what, tell(ours), f"bare echo {tell(bare)}") for what, tell in TOLD)
    note = (
        f"{ROUNDS} rounds of {MESSAGES:,} suggestions of {PEOPLE} people, as fast as they are taken, in turns with the "
        "bare bot; ours are stored and answered, the bare bot (stock httpx) stores nothing and answers the same "
        f"words. fdatasync {milliseconds(disk)}."
    )
    return Chapter("Telegram", "python -m benchmarks telegram", figures, note)


@dataclass
class Runner:
    """One bot in its own process, on a fake of its own, and what it took."""

    url: str
    pid: int
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    peak: float = 0.0
    _sent: int = 0
    _updates: Updates = field(default_factory=Updates)

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """The way to the fake's controls, the bot warmed up."""
        async with aiohttp.ClientSession(self.url) as self._http:
            await self._burst(WARM_UP)
            yield

    async def round(self) -> None:
        """A burst, then a few one at a time."""
        cpu, start = _cpu(self.pid), time.perf_counter()
        await self._burst(MESSAGES)
        self.wall.append((time.perf_counter() - start) / MESSAGES)
        self.cpu.append((_cpu(self.pid) - cpu) / MESSAGES)
        for _ in range(WARM_UP // 4):
            start = time.perf_counter()
            await self._burst(1)
            self.alone.append(time.perf_counter() - start)
        self.peak = max(self.peak, self._memory())

    async def _burst(self, count: int) -> None:
        self._sent += count
        await _say(self._http, self._updates, count)
        await _answered(self._http, self._sent)

    def _memory(self) -> float:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(float(line.split()[1]) * 1_024 for line in lines if line.startswith("VmRSS"))


TOLD: tuple[tuple[str, Callable[[Runner], str]], ...] = (
    ("messages a second", lambda bot: f"{1 / percentile(bot.wall, 0.5):,.0f}"),
    ("CPU a message", lambda bot: milliseconds(percentile(bot.cpu, 0.5))),
    ("half answered within, one at a time", lambda bot: milliseconds(percentile(bot.alone, 0.5))),
    ("memory", lambda bot: f"{bot.peak / 2**20:,.0f} MiB"),
)


@contextlib.contextmanager
def _running(module: list[str], environment: Mapping[str, str]) -> Iterator[Runner]:
    with _fake() as url:
        own = {"PORTEVOIX_TELEGRAM__API_URL": url, "PORTEVOIX_TELEGRAM__TOKEN": TOKEN, "BENCH_API_URL": url}
        bot = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", *module],
            env={**os.environ, **environment, **own},
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        try:
            yield Runner(url, bot.pid)
        finally:
            bot.terminate()
            bot.wait(20)


async def _say(http: aiohttp.ClientSession, updates: Updates, count: int) -> None:
    people = [user(number) for number in range(1_000, 1_000 + PEOPLE)]
    said: list[dict[str, Any]] = [
        updates.message(f"/suggest {WORDS}", private(people[number % PEOPLE]), people[number % PEOPLE])
        for number in range(count)
    ]
    async with http.post("/control/updates", json=said) as answer:
        answer.raise_for_status()


async def _answered(http: aiohttp.ClientSession, count: int) -> None:
    """Wait for so many messages of the bot's."""
    while True:
        async with http.get("/control/state") as answer:
            state = await answer.json()
        if state["sent"].get("sendMessage", 0) >= count:
            return
        await asyncio.sleep(0.005)


@contextlib.contextmanager
def _fake() -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.sockets.telegram"], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process.stdout.readline().strip() if process.stdout else ""
        finally:
            process.terminate()


def _cpu(pid: int) -> float:
    """The CPU seconds a process has used, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
