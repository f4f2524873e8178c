"""Telegram: a stored suggestion, beside a bare python-telegram-bot echo on the same fake in the same run."""

import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.bot import BOUNDLESS, WORDS
from benchmarks.report import Chapter, Figure
from benchmarks.timing import milliseconds, percentile, probe_disk
from tests.sockets.updates import Updates, private, user

TOKEN = "123456:AA-benchmark"
MESSAGES = 2_000
PEOPLE = 200
WARM_UP = 50
TICKS = os.sysconf("SC_CLK_TCK")


async def measure() -> Chapter:
    """Every figure of this chapter."""
    disk = probe_disk()
    bare = await _run([sys.executable, "-m", "benchmarks.bare_telegram"], {})
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        own = {
            "PORTEVOIX_DATABASE": f"sqlite:///{folder}/bench.db",
            "PORTEVOIX_KEY_FILE": f"{folder}/key",
            **{f"PORTEVOIX_LIMITS__{name.upper()}": str(value) for name, value in BOUNDLESS.model_dump().items()},
        }
        ours = await _run([sys.executable, "-m", "bot", "run"], own)
    figures = (
        Figure("messages a second", f"{ours['rate']:,.0f}", f"bare echo {bare['rate']:,.0f}"),
        Figure("CPU a message", milliseconds(ours["cpu"]), f"bare echo {milliseconds(bare['cpu'])}"),
        Figure(
            "half answered within, one at a time", milliseconds(ours["half"]), f"bare echo {milliseconds(bare['half'])}"
        ),
        Figure("memory", f"{ours['memory'] / 2**20:,.0f} MiB", f"bare echo {bare['memory'] / 2**20:,.0f} MiB"),
    )
    note = (
        f"{MESSAGES:,} suggestions of {PEOPLE} people, as fast as they are taken; each is stored and answered. The "
        f"bare bot stores nothing and answers the same words (stock httpx). fdatasync {milliseconds(disk)}."
    )
    return Chapter("Telegram", "python -m benchmarks telegram", figures, note)


async def _run(command: list[str], environment: Mapping[str, str]) -> dict[str, float]:
    with _fake() as url:
        own = {"PORTEVOIX_TELEGRAM__API_URL": url, "PORTEVOIX_TELEGRAM__TOKEN": TOKEN, "BENCH_API_URL": url}
        bot = subprocess.Popen(  # noqa: S603 - our own program
            command, env={**os.environ, **environment, **own}, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        try:
            async with aiohttp.ClientSession(url) as http:
                return await _load(http, bot.pid)
        finally:
            bot.terminate()
            bot.wait(20)


async def _load(http: aiohttp.ClientSession, pid: int) -> dict[str, float]:
    updates = Updates()
    await _say(http, updates, WARM_UP)
    await _answered(http, WARM_UP)
    taken = []
    for turn in range(WARM_UP):
        start = time.perf_counter()
        await _say(http, updates, 1)
        await _answered(http, WARM_UP + turn + 1)
        taken.append(time.perf_counter() - start)
    cpu, start = _cpu(pid), time.perf_counter()
    await _say(http, updates, MESSAGES)
    await _answered(http, 2 * WARM_UP + MESSAGES)
    wall = time.perf_counter() - start
    return {
        "rate": MESSAGES / wall,
        "cpu": (_cpu(pid) - cpu) / MESSAGES,
        "half": percentile(taken, 0.5),
        "memory": _memory(pid),
    }


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


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(float(line.split()[1]) * 1_024 for line in lines if line.startswith("VmRSS"))
