"""Measures, in a separate process, how fast answers are found, how soon after the start, and the memory used."""

import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sqlmodel import Session

from bot.clock import SystemClock
from bot.knowledge.library import Library
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.engine.store import Store
from storage.people import communities
from storage.schema.opening import Location, open_store

ASKED = 500
WORDS = (
    "pool hall card order parcel account photo ticket member child garden bicycle library course invoice password "
    "address meeting room bus train lunch key locker refund visit guide map lamp desk voucher badge"
)
WAYS = ("How do I {} the {} {}?", "When can I {} my {} {}?", "Who may {} a {} {}?", "Where do I {} the {} for the {}?")
DOING = "change cancel book find return open pay renew lend print share move report join repair"


def measure(articles: int, encoder: str) -> dict[str, float]:
    """The figures for a number of articles, measured after a start with stored vectors."""
    with tempfile.TemporaryDirectory() as folder:
        _run("prepare", folder, articles, encoder)
        found: dict[str, float] = json.loads(_run("ask", folder, articles, encoder))
        return found


def _run(task: str, folder: str, articles: int, encoder: str) -> str:
    command = [sys.executable, "-m", "benchmarks.language.speed", task, folder, str(articles), encoder]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own


def articles_of(count: int) -> list[Entry]:
    """Artificial articles, each of a heading and four sentences."""
    chance = random.Random(0)  # noqa: S311 - the same articles each time

    def sentence() -> str:
        way, doing = chance.choice(WAYS), chance.choice(DOING.split())
        return way.format(doing, *chance.sample(WORDS.split(), 2)).replace("?", ".")

    made = dict.fromkeys(sentence().replace(".", "?") for _ in range(count * 20))
    return [Entry(f"a{at}", (text,), " ".join(sentence() for _ in range(4)), "en") for at, text in enumerate(made)][
        :count
    ]


async def prepare(store: Store, count: int, encoder: str) -> None:
    """Add the articles, and encode them."""
    now = datetime.now(UTC)

    def add(session: Session) -> int:
        own = communities.ensure(session, "one", "One", "en", "UTC", now)
        knowledge.add(session, own.id, articles_of(count))
        return own.id

    community = await store.write(add)
    await Library(store, ("en", "fr"), SystemClock(), encoder).index(community)


async def ask(store: Store, count: int, encoder: str) -> dict[str, float]:
    """Start the library and ask questions; return the figures."""
    community = await store.read(_community)
    before, start = _resident(), time.perf_counter()
    library = Library(store, ("en", "fr"), SystemClock(), encoder)
    await library.warm([community])
    ready, taken = time.perf_counter() - start, []
    for entry in articles_of(count)[:ASKED]:
        start = time.perf_counter()
        await library.find(community, f"hello, {entry.phrasings[0]} and why")
        taken.append((time.perf_counter() - start) * 1000)
    median, worst = np.quantile(taken, (0.5, 0.99))
    return {"ready s": ready, "median ms": median, "p99 ms": worst, "MiB": _resident() - before}


def _community(session: Session) -> int:
    return communities.every(session)[0].id


def _resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def main(task: str, folder: str, articles: str, encoder: str) -> None:
    """Run one of the two tasks (`prepare` or `ask`) on the database in a folder."""
    store = open_store(Location(f"sqlite:///{folder}/pv.db", Path(folder) / "pv.key"))
    try:
        if task == "prepare":
            asyncio.run(prepare(store, int(articles), encoder))
        else:
            sys.stdout.write(json.dumps(asyncio.run(ask(store, int(articles), encoder))))
    finally:
        store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
