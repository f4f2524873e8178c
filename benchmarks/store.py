"""The store when it is full: filing at a million items beside a thousand, and the digest's questions."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlmodel import Session

from benchmarks.bot import WORDS, Crowd, crowd
from benchmarks.report import Chapter, Figure
from benchmarks.timing import milliseconds, percentile, probe_disk
from bot.features.digest.gather import gather, week_until
from storage import communities, feedback, reporting

FEW, MANY = 1_000, 1_000_000
PEOPLE = 100_000
WEEKS = 60
TRIES = 300
STEP = 50_000
"""Items a transaction."""

_PEOPLE = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people)
INSERT INTO member (first_seen) SELECT '2026-01-01' FROM n
"""
_ITEMS = """
WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)
INSERT INTO feedback (community_id, number, kind, area, status, visibility, language, text, author_id, base_support,
                      support, seen, created_at, changed_at, closed_at)
SELECT 1, i, CASE i % 3 WHEN 0 THEN 'problem' WHEN 1 THEN 'suggestion' ELSE 'praise' END,
       CASE i % 5 WHEN 0 THEN 'Quality' WHEN 1 THEN 'Support' ELSE 'Innovation' END,
       CASE WHEN i % 10 < 8 THEN 'done' ELSE 'received' END, 'named', 'en', 'Words of item ' || i,
       1 + (i * 7919) % :people, 0, i % 40, 0, :at, :at, CASE WHEN i % 10 < 8 THEN :at END
FROM n
"""
_HISTORY = """
INSERT INTO history (feedback_id, at, action, after, note)
SELECT id, created_at, 'filed', status, '' FROM feedback WHERE number BETWEEN :first AND :last
"""


async def measure() -> Chapter:
    """Every figure of this chapter."""
    disk = probe_disk()
    async with crowd() as people:
        await people.core.store.write(lambda session: session.execute(text(_PEOPLE), {"people": PEOPLE}))
        await _fill(people, 0, FEW)
        few = await _filing(people)
        await _fill(people, FEW + TRIES + 1, MANY)
        many = await _filing(people)
        figures = [
            Figure(
                f"filing one at {MANY:,} items, half within",
                milliseconds(many),
                f"{milliseconds(few)} at {FEW:,}; fdatasync {milliseconds(disk)}",
            ),
            *[await _query(people, name, job) for name, job in _queries(people)],
        ]
    note = f"{MANY:,} items of {PEOPLE:,} people over {WEEKS} weeks on encrypted SQLite."
    return Chapter("A million items", "python -m benchmarks store", tuple(figures), note)


async def _fill(people: Crowd, first: int, last: int) -> None:
    store, now = people.core.store, datetime.now(UTC)
    for start in range(first, last, STEP):
        end = min(start + STEP, last)
        at = now - timedelta(weeks=WEEKS) * (1 - end / MANY) - timedelta(minutes=1)
        span = {"first": start + 1, "last": end, "at": at.strftime("%Y-%m-%d %H:%M:%S.%f"), "people": PEOPLE}
        await store.write(lambda session, span=span: _insert(session, span))  # type: ignore[misc]


def _insert(session: Session, span: dict[str, object]) -> None:
    session.execute(text(_ITEMS), span)
    session.execute(text(_HISTORY), span)
    session.execute(text("UPDATE community SET last_number = :last"), span)


async def _filing(people: Crowd) -> float:
    """The median seconds of filing one suggestion after another."""
    taken = []
    for number in range(TRIES):
        start = time.perf_counter()
        await people.say(f"/suggest {WORDS}", number)
        taken.append(time.perf_counter() - start)
    return percentile(taken, 0.5)


def _queries(people: Crowd) -> list[tuple[str, Callable[[Session], object]]]:
    now = people.core.clock.now()
    window = week_until(now, ZoneInfo("UTC"))
    return [
        ("the weekly digest, gathered", lambda session: gather(session, communities.every(session)[0], window)),
        ("what waits, most supported first", lambda session: reporting.waiting(session, 1, now, 3)),
        ("how much waits", lambda session: reporting.waiting_count(session, 1, now)),
        ("the top five", lambda session: feedback.top(session, 1)),
        ("one item by its number", lambda session: feedback.by_number(session, 1, MANY // 2)),
    ]


async def _query(people: Crowd, name: str, job: Callable[[Session], object]) -> Figure:
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        await people.core.store.read(job)
        taken.append(time.perf_counter() - start)
    return Figure(name, milliseconds(percentile(taken, 0.5)), f"first time {milliseconds(taken[0])}")
