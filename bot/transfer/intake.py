"""Rows of a file into the store: in batches, each row once however often the file is read."""

import asyncio
import json
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from bot.core import Core
from bot.knowledge.sources.draft import Problem
from bot.transfer.rows import Row
from storage import loading
from storage.loading import Item, Tally
from storage.models import Community
from storage.vocabulary import DEFAULT_VISIBILITY, Visibility

BATCH = 500
"""Rows in one transaction, which takes less than a tenth of a second."""
BREATH = 0.03
"""Seconds at least between two transactions: who waits for SQLite's lock looks every 25 ms at first."""
PLATFORM = "import"


@dataclass(slots=True)
class Summary:
    """What became of a file's rows."""

    imported: int = 0
    known: int = 0
    skipped: int = 0

    @property
    def rows(self) -> int:
        """How many were read."""
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
    """File the rows of a file.

    Args:
        tell: hears why a row was skipped.
        advance: hears what became of the rows so far, after each batch.
    """
    summary, coming, clock = Summary(), iter(rows), asyncio.get_running_loop()
    rested = clock.time()
    with closing(Tally()) as tally:
        while batch := list(islice(coming, BATCH)):
            good = [row for row in batch if isinstance(row, Row)]
            for problem in batch:
                if isinstance(problem, Problem):
                    tell(problem)
            # All that can be done before the database is locked is done by then.
            fresh = await _fresh(core, community, good, tally)
            imported = 0
            if fresh:
                await asyncio.sleep(rested - clock.time())
                imported = await _file(core, community, fresh)
                rested = clock.time() + BREATH
            summary.imported += imported
            summary.known += len(good) - imported
            summary.skipped += len(batch) - len(good)
            advance(summary)
    return summary


async def _fresh(core: Core, community: Community, rows: Iterable[Row], tally: Tally) -> list[Item]:
    """The rows that are not there yet, as items."""
    sources = {_source(core, community, row, tally): row for row in rows}
    known = await core.store.read(lambda session: loading.known_sources(session, sources))
    return [_item(core, community, row, source) for source, row in sources.items() if source not in known]


async def _file(core: Core, community: Community, items: list[Item]) -> int:
    return await core.store.write(lambda session: loading.file_all(session, community.id, PLATFORM, items))


def _source(core: Core, community: Community, row: Row, tally: Tally) -> str:
    """The mark a row is known by whenever it is read; two equal ones are told apart by their count."""
    mark = core.store.keys.fingerprint(_content(community, row))
    return f"csv:{core.store.keys.fingerprint(f'{mark}:{tally.count(mark)}')}"


def _item(core: Core, community: Community, row: Row, source: str) -> Item:
    return Item(
        kind=row.kind,
        text=row.text,
        area=row.area,
        visibility=_shown_to(row),
        language=core.detector.detect(row.text, community.language),
        author="" if row.visibility is Visibility.NAMELESS else row.author,
        support=row.support,
        source=source,
        at=row.at or core.clock.now(),
    )


def _shown_to(row: Row) -> Visibility:
    """The kind's default; without an author there is no name to show, and what is the team's stays the team's."""
    shown = row.visibility or DEFAULT_VISIBILITY[row.kind]
    return Visibility.NAMELESS if shown is Visibility.NAMED and not row.author else shown


def _content(community: Community, row: Row) -> str:
    """All that makes a row what it is."""
    at = row.at.isoformat() if row.at else ""
    return json.dumps([community.key, row.kind.value, row.text, row.author, at, row.area, row.support])
