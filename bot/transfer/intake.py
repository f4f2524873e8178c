"""Imports rows of feedback into the store: in batches, and each row once even when its file is imported again."""

import asyncio
import json
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from zoneinfo import ZoneInfo

from bot.core import Core
from bot.knowledge.sources.draft import Problem
from bot.transfer.rows import Row
from storage.items import loading
from storage.items.loading import Item, Tally
from storage.models import Community
from storage.vocabulary import DEFAULT_AUDIENCE, Naming

BATCH = 500
"""Rows in one transaction, which takes less than 0.1 s."""
PAUSE = 0.03
"""The least seconds between two transactions: other writers waiting for SQLite's lock first retry after 25 ms."""
PLATFORM = "import"
"""The platform under which authors of imported feedback are stored."""


@dataclass(slots=True)
class Summary:
    """The numbers of rows that were imported, were there already, and were skipped."""

    imported: int = 0
    known: int = 0
    skipped: int = 0

    @property
    def rows(self) -> int:
        """The number of rows read."""
        return self.imported + self.known + self.skipped

    def __str__(self) -> str:
        return f"imported {self.imported}, already there {self.known}, skipped {self.skipped}"


async def load(
    core: Core,
    community: Community,
    rows: Iterable[Row | Problem],
    tell: Callable[[Problem], None],
    advance: Callable[[Summary], None],
) -> Summary:
    """Import rows.

    Args:
        rows: rows, and problems in place of those that could not be read.
        tell: called with each problem.
        advance: called after each batch with the summary so far.

    Returns:
        The summary.
    """
    summary, coming, clock = Summary(), iter(rows), asyncio.get_running_loop()
    rested = clock.time()
    with closing(Tally()) as tally:
        while batch := list(islice(coming, BATCH)):
            good = [row for row in batch if isinstance(row, Row)]
            for problem in batch:
                if isinstance(problem, Problem):
                    tell(problem)
            # Rows are prepared before the write transaction, to keep its lock short.
            fresh = await _fresh(core, community, good, tally)
            imported = 0
            if fresh:
                await asyncio.sleep(rested - clock.time())
                imported = await _file(core, community, fresh)
                rested = clock.time() + PAUSE
            summary.imported += imported
            summary.known += len(good) - imported
            summary.skipped += len(batch) - len(good)
            advance(summary)
    return summary


async def _fresh(core: Core, community: Community, rows: Iterable[Row], tally: Tally) -> list[Item]:
    """The rows that are not in the store yet, as items."""
    marked = [(row, _sources(core, community, row, tally)) for row in rows]
    every = {source for _, sources in marked for source in sources}
    known = await core.store.read(lambda session: loading.known_sources(session, every))
    fresh = {sources[0]: row for row, sources in marked if known.isdisjoint(sources)}
    return [_item(core, community, row, source) for source, row in fresh.items()]


async def _file(core: Core, community: Community, items: list[Item]) -> int:
    return await core.store.write(lambda session: loading.file_all(session, community.id, PLATFORM, items))


def _sources(core: Core, community: Community, row: Row, tally: Tally) -> list[str]:
    """The keyed marks that identify a row in every import, the one to store first; equal rows of a file are numbered.

    A row without a name is identified by its day, which is all that an export has of it; earlier versions took the
    instant.
    """
    contents = dict.fromkeys(_content(community, row, by_day=by_day) for by_day in (_is_nameless(row), False))
    marks = map(core.store.keys.first_fingerprint, contents)
    return [f"csv:{core.store.keys.fingerprint(f'{mark}:{tally.count(mark)}')}" for mark in marks]


def _item(core: Core, community: Community, row: Row, source: str) -> Item:
    return Item(
        kind=row.kind,
        text=row.text,
        area=row.area,
        audience=row.audience or DEFAULT_AUDIENCE[row.kind],
        nameless=_is_nameless(row),
        language=core.detector.detect(row.text, community.language),
        author="" if row.naming is Naming.NAMELESS else row.author,
        support=row.support,
        source=source,
        at=row.at or core.clock.now(),
    )


def _is_nameless(row: Row) -> bool:
    """Whether a row is without its author's name, because it says so or names no author."""
    return row.naming is Naming.NAMELESS or not row.author


def _content(community: Community, row: Row, *, by_day: bool) -> str:
    """The values that identify a row, as one text."""
    at = row.at.isoformat() if row.at else ""
    if row.at and by_day:
        at = row.at.astimezone(ZoneInfo(community.timezone)).date().isoformat()
    return json.dumps([community.key, row.kind.value, row.text, row.author, at, row.area, row.support])
