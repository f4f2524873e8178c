"""Imports rows of feedback into the store, in batches; each idea once, even when its file is imported again."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from itertools import islice
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.core import Core
from bot.knowledge.sources.draft import Problem
from bot.transfer.incoming import matching
from bot.transfer.incoming.grouping import Idea, group
from bot.transfer.incoming.identity import Identities, is_nameless
from bot.transfer.incoming.matching import Matched
from bot.transfer.incoming.pace import Pace
from bot.transfer.incoming.remarks import Remarks
from bot.transfer.incoming.rows import Row
from storage.items.importing import loading, revising
from storage.items.importing.loading import Item, Tally
from storage.items.importing.revising import Held, Revision
from storage.models import Community
from storage.people import members
from storage.values import frozen
from storage.vocabulary import DEFAULT_AUDIENCE, Naming, Status

PAUSE = 0.03
"""The least seconds between two transactions: other writers waiting for SQLite's lock first retry after 25 ms."""
PLATFORM = members.IMPORTED
"""The platform under which authors of imported feedback are stored."""


@dataclass(slots=True)
class Summary:
    """The numbers of rows that were imported, were there already, and were skipped.

    Attributes:
        changed: the number of existing items whose support, status or date was changed.
        merged: the number of further rows of an idea.
        kept: the number of statuses that were not changed, since they were decided here.
        remarks: the remarks on how cells were read.
    """

    imported: int = 0
    known: int = 0
    skipped: int = 0
    changed: int = 0
    merged: int = 0
    kept: int = 0
    remarks: Remarks = field(default_factory=Remarks)

    @property
    def rows(self) -> int:
        """The number of rows read."""
        return self.imported + self.known + self.skipped + self.changed + self.merged

    def add(self, imported: int, known: int, skipped: int, changed: int, merged: int) -> None:
        """Add the numbers of a batch."""
        self.imported += imported
        self.known += known
        self.skipped += skipped
        self.changed += changed
        self.merged += merged

    def __str__(self) -> str:
        more = {"changed": self.changed, "more rows of one idea": self.merged}
        said = [f"{name} {number}" for name, number in more.items() if number]
        return ", ".join([f"imported {self.imported}, already there {self.known}, skipped {self.skipped}", *said])


@frozen
class ImportOptions:
    """How rows are imported.

    Attributes:
        scope: the tool whose ids they have.
        quotable: whether those without an author may be quoted.
        exported: whether they are from our own export, whose ids are the items' numbers.
    """

    scope: str = "csv"
    quotable: bool = False
    exported: bool = False


Write = Callable[[Sequence[Item], Sequence[Revision]], Awaitable[int]]
"""Stores the new items and revisions of a batch, and returns the number of items filed."""


async def load(
    core: Core,
    community: Community,
    rows: Iterable[Row | Problem],
    tell: Callable[[Problem], None],
    advance: Callable[[Summary], None],
    options: ImportOptions = ImportOptions(),  # noqa: B008 - it is never changed
    write: Write | None = None,
) -> Summary:
    """Import rows.

    Args:
        rows: rows, and problems in place of those that could not be read.
        tell: called with each problem.
        advance: called after each batch with the summary so far.
        options: how the rows are imported.
        write: called with the new items and revisions of each batch; None to store them.

    Returns:
        The summary.
    """
    summary, coming, clock = Summary(), iter(rows), asyncio.get_running_loop()
    rested, put, pace = clock.time(), write or partial(_write, core, community), Pace(clock.time)
    with closing(Tally()) as tally:
        earlier, before = await core.store.read(partial(_has_of_files, community.id))
        identities = Identities(core.store.keys, community, tally, options.scope, options.quotable, earlier, not before)
        while batch := list(islice(coming, pace.rows)):
            good = _good(batch, tell)
            summary.remarks.take(good)
            # Rows are prepared before the write transaction, to keep its lock short.
            ideas = group(good, identities, tally)
            found = await core.store.read(partial(_match, identities, ideas, options.exported))
            items = [_item(core, community, one, identities) for one in found if one.is_new]
            revised = list(_revisions(core, found, identities, summary))
            filed = 0
            if items or revised:
                if write is None:
                    await asyncio.sleep(rested - clock.time())
                with pace.measured():
                    filed = await put(items, [revision for revision, _ in revised])
                rested = clock.time() + PAUSE
            changed = sum(idea.first and revision.is_change for revision, idea in revised)
            merged = sum(idea.merged for idea in ideas)
            summary.add(filed, len(good) - merged - changed - filed, len(batch) - len(good), changed, merged)
            advance(summary)
    return summary


def _good(batch: Iterable[Row | Problem], tell: Callable[[Problem], None]) -> list[Row]:
    """The rows of a batch; `tell` is called with its problems."""
    good = list[Row]()
    for one in batch:
        if isinstance(one, Row):
            good.append(one)
        else:
            tell(one)
    return good


def _has_of_files(community_id: int, session: Session) -> tuple[bool, bool]:
    """Whether an earlier version imported anything here, and whether any version did."""
    earlier = revising.has_of_earlier_versions(session, community_id)
    return earlier, earlier or revising.has_of_files(session, community_id)


def _match(identities: Identities, ideas: Sequence[Idea], exported: bool, session: Session) -> list[Matched]:
    return matching.match(session, identities, ideas, exported=exported)


async def _write(core: Core, community: Community, items: Sequence[Item], revisions: Sequence[Revision]) -> int:
    def job(session: Session) -> int:
        revising.revise(session, revisions)
        return loading.file_all(session, community.id, PLATFORM, items) if items else 0

    return await core.store.write(job)


def _revisions(
    core: Core, found: Iterable[Matched], identities: Identities, summary: Summary
) -> Iterator[tuple[Revision, Idea]]:
    """The revisions of items that differ from the file, or are stored under a mark of an earlier version."""
    for one in found:
        if one.held is None or not one.held.text or one.held.status is Status.WITHDRAWN:
            continue
        revision = _revision(one.idea, one.held, identities.sources(one.mark), core.clock.now(), identities.zone)
        summary.kept += one.idea.row.status not in (None, revision.status)
        if revision.is_change or revision.source != one.held.source:
            yield revision, one.idea


def _revision(idea: Idea, held: Held, sources: Sequence[str], now: datetime, zone: ZoneInfo) -> Revision:
    """The revision of an item by its row in the file; a status decided here is kept."""
    row = idea.row
    status = held.status if row.status is None or held.decided_here else row.status
    source = held.source if held.source in sources and not sources[0].startswith(revising.QUOTED) else sources[0]
    at = held.at if row.at is None or _is_day_of(row.at, held.at, zone) else row.at
    decided = max(row.decided_at or row.at or now, at)
    return Revision(held, source, idea.total(held.support), status, at, decided, row.reason)


def _is_day_of(day: datetime, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a date is midnight of an instant's day, as in files without times."""
    local = day.astimezone(zone)
    return local.time() == time() and local.date() == at.astimezone(zone).date()


def _item(core: Core, community: Community, one: Matched, identities: Identities) -> Item:
    row = one.idea.row
    at = row.at or core.clock.now()
    return Item(
        kind=row.kind,
        text=row.text,
        area=row.area,
        audience=row.audience or DEFAULT_AUDIENCE[row.kind],
        nameless=is_nameless(row),
        language=core.detector.detect(row.text, community.language),
        author="" if row.naming is Naming.NAMELESS else row.author,
        support=one.idea.total(),
        source=identities.sources(one.mark)[0],
        at=at,
        status=row.status or Status.RECEIVED,
        decided_at=max(row.decided_at or at, at) if row.status not in (None, Status.RECEIVED) else None,
        reason=row.reason,
    )
