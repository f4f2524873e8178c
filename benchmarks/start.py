"""Measures the time from the start to the first answers, and the memory of the idle bot."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from benchmarks import discord, telegram
from benchmarks.rig.comparison import PlatformSetup, measure_idle
from benchmarks.rig.report import Chapter, Figure
from benchmarks.rig.timing import milliseconds

ANSWERS = 1_000
TIMES = 5
"""The number of starts of each kind; other load on the machine makes single ones up to a half longer."""
PROBE = """
import runpy
from bot.cli import load
load(["run"])
runpy.run_module("benchmarks.rig.first_answer", run_name="__main__")
"""
"""Imports the same as the bot's command, then answers."""
PLATFORMS: Mapping[str, Callable[[], PlatformSetup]] = {"Telegram": telegram.setup, "Discord": discord.setup}


async def measure() -> Chapter:
    """Every figure of this chapter."""
    new = [_probe_new() for _ in range(TIMES)]
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        _teach(folder)
        again = [_probe(_place(folder)) for _ in range(TIMES)]
    bare = [_seconds(["-c", "pass"]) for _ in range(TIMES)]
    beside = f"Python alone {_usual(bare)}"
    figures = (
        Figure("a new database, to the first command answered", _usual(one["command"] for one in new), beside),
        Figure("an existing one, to the first command answered", _usual(one["command"] for one in again)),
        Figure(f"to the first answer out of {ANSWERS:,}", _usual(one["knowledge"] for one in again)),
    )
    idle = [await _idle(name, taught) for name in PLATFORMS for taught in (False, True)]
    return Chapter("Start and memory", "python -m benchmarks start", (*figures, *idle))


async def _idle(name: str, taught: bool) -> Figure:
    """The memory of `portevoix run` on one platform, without or with knowledge.

    The database is new each time, because the fake's event ids start from 1 again.
    """
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        if taught:
            _teach(folder)
        bot = await measure_idle(PLATFORMS[name](), _place(folder))
    what = f"memory on {name}, idle, {f'{ANSWERS:,} answers' if taught else 'without knowledge'}"
    return Figure(what, f"{bot.memory / 2**20:,.0f} MiB", f"first suggestion answered after {bot.ready:.1f} s")


def _place(folder: str) -> dict[str, str]:
    """The environment variables of a bot with its data in a folder."""
    own = {"PORTEVOIX_DATABASE": f"sqlite:///{folder}/bench.db", "PORTEVOIX_KEY_FILE": f"{folder}/keys/key"}
    return {**os.environ, **own}


def _teach(folder: str) -> None:
    file = Path(folder) / "knowledge.jsonl"
    file.write_text("".join(_answer(number) for number in range(ANSWERS)), encoding="utf-8")
    _run(["-m", "bot", "knowledge", "add", str(file)], _place(folder))


def _usual(seconds: Iterable[float]) -> str:
    """The median of durations, with the shortest and the longest."""
    found = sorted(seconds)
    least, most = (f"{one * 1_000:,.0f}" for one in (found[0], found[-1]))
    return f"{milliseconds(statistics.median(found))} ({least} to {most})"


def _probe_new() -> dict[str, float]:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        return _probe(_place(folder))


def _probe(environment: dict[str, str]) -> dict[str, float]:
    started = time.time()
    said = _run(["-c", PROBE], environment)
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return {**found, "command": found["command"] - started, "knowledge": found["knowledge"] - started}


def _seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    _run(arguments, dict(os.environ))
    return time.perf_counter() - start


def _run(arguments: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def _answer(number: int) -> str:
    words = f"topic{number} and matter{number * 7}"
    line = {"phrasings": [f"How do I change {words}?", f"Where is {words}?"], "answer": f"About {words}."}
    return json.dumps(line) + "\n"
