"""From nothing to the first answers, and what the idle bot holds in memory."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Chapter, Figure
from benchmarks.timing import milliseconds

ANSWERS = 500
PROBE = "benchmarks.first_answer"


async def measure() -> Chapter:
    """Every figure of this chapter."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        knowledge = Path(folder) / "knowledge.jsonl"
        knowledge.write_text("".join(_answer(number) for number in range(ANSWERS)), encoding="utf-8")
        environment = {
            **os.environ,
            "PORTEVOIX_DATABASE": f"sqlite:///{folder}/bench.db",
            "PORTEVOIX_KEY_FILE": f"{folder}/key",
        }
        new = _probe(environment)
        _run(["-m", "bot", "knowledge", "add", str(knowledge)], environment)
        again = _probe(environment)
    bare = await asyncio.to_thread(_seconds, ["-c", "pass"])
    figures = (
        Figure(
            "a new database, to the first command answered",
            milliseconds(new["command"]),
            f"Python alone {milliseconds(bare)}",
        ),
        Figure("an existing one, to the first command answered", milliseconds(again["command"])),
        Figure(f"to the first answer out of {ANSWERS}", milliseconds(again["knowledge"])),
        Figure("memory, idle with the knowledge loaded", f"{again['memory'] / 2**20:,.0f} MiB"),
        Figure("memory before the first question", f"{again['light'] / 2**20:,.0f} MiB"),
    )
    return Chapter("Start and memory", "python -m benchmarks start", figures)


def _probe(environment: dict[str, str]) -> dict[str, float]:
    started = time.time()
    said = _run(["-m", PROBE], environment)
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
