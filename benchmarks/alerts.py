"""Measures the cost of the watch for alerts while a hundred items a minute are filed."""

import random
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import Session

from benchmarks.rig.bot import Crowd, settings
from benchmarks.rig.filling import PEOPLE, fill_people
from benchmarks.rig.report import Chapter, Figure
from benchmarks.rig.timing import Stopwatch, milliseconds
from bot.clock import MovableClock
from bot.core import Core
from bot.features.alerts.watch import Watch
from bot.language.encoding.centred import everyday
from bot.operations.assembly import open_core
from bot.settings.community.alerts import AlertSettings
from storage.models import Feedback
from storage.people import communities
from storage.vocabulary import Audience, Kind

A_MINUTE = 100
DAYS_BEFORE, A_DAY_BEFORE = 28, 2_000
LOOKS = 6
SEED = 20_261_129
DAY = timedelta(days=1)
EVERY = timedelta(minutes=AlertSettings().every)


async def measure() -> Chapter:
    """File the items of four weeks and a day, and measure checks between which a hundred more a minute are filed."""
    texts = everyday()
    figures = [figure for name in ("bundled", "lexical") for figure in await _with(name, texts)]
    note = (
        f"{A_MINUTE} items a minute for a day after {DAYS_BEFORE} days of {A_DAY_BEFORE:,}, each drawn from "
        f"{len(texts)} sentences, in one community on encrypted SQLite; a look every {EVERY.seconds // 60} minutes. "
        "CPU time of all threads."
    )
    return Chapter("Alerts", "python -m benchmarks alerts", tuple(figures), note)


async def _with(encoder: str, texts: Sequence[str]) -> list[Figure]:
    """The figures with an encoder, or (lexical) without one."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        clock = MovableClock()
        core = await open_core(settings(Path(folder)).model_copy(update={"encoder": encoder}), clock)
        try:
            return list(await _measured(core, clock, encoder, texts))
        finally:
            core.store.close()


async def _measured(core: Core, clock: MovableClock, encoder: str, texts: Sequence[str]) -> Iterator[Figure]:
    await fill_people(Crowd(core))
    draw, numbers, now = random.Random(SEED), count(1), clock.now()  # noqa: S311 - the same draw each time is meant

    async def file(many: int, since: datetime, span: timedelta) -> None:
        rows = [_row(draw, next(numbers), texts, since + span * (at / many)) for at in range(many)]
        await core.store.write(lambda session: _add(session, rows))

    for day in range(DAYS_BEFORE, 0, -1):
        await file(A_DAY_BEFORE, now - (day + 1) * DAY, DAY)
    await file(A_MINUTE * 24 * 60, now - DAY, DAY)
    watch, taken = Watch(core), []
    for _ in range(LOOKS + 1):
        with Stopwatch() as watched:
            await watch.catch_up()
        taken.append(watched.cpu)
        await file(A_MINUTE * EVERY.seconds // 60, clock.now(), EVERY)
        clock.move_to(clock.now() + EVERY)
    first, *later = taken
    share = statistics.fmean(later) / EVERY.total_seconds()
    return iter(
        (
            Figure(
                f"a look of the watch, {encoder}",
                milliseconds(statistics.median(later)),
                f"first {milliseconds(first)}",
            ),
            Figure(f"the watch's share of a core, {encoder}", f"{share:.2%}", "at most 1 %"),
        )
    )


def _row(draw: random.Random, number: int, texts: Sequence[str], at: datetime) -> dict[str, object]:
    return {
        "community_id": 1,
        "number": number,
        "kind": draw.choice([Kind.PROBLEM, Kind.SUGGESTION]),
        "audience": Audience.TEAM,
        "language": "en",
        "text": draw.choice(texts),
        "author_id": draw.randrange(1, PEOPLE + 1),
        "created_at": at,
        "changed_at": at,
    }


def _add(session: Session, rows: list[dict[str, object]]) -> None:
    home = communities.every(session)[0]
    session.execute(insert(Feedback), [{**row, "community_id": home.id} for row in rows])
