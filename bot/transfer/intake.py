"""Rows of a file into the store: in batches, each row once however often the file is read."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date
from functools import partial
from itertools import islice

from sqlmodel import Session

from bot.context import Core
from bot.sources.draft import Problem
from bot.transfer.rows import Row
from storage import loading
from storage.models import Community, Feedback
from storage.vocabulary import DEFAULT_VISIBILITY, Visibility

BATCH = 200
"""Rows in one transaction: few enough that a running bot hardly waits."""
PLATFORM = "import"
Authored = tuple[Feedback, str]
"""An item and its author's name, empty for a nameless one."""


@dataclass(slots=True)
class Summary:
    """What became of a file's rows."""

    imported: int = 0
    known: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"imported {self.imported}, already there {self.known}, skipped {self.skipped}"


async def load(
    core: Core,
    community: Community,
    rows: Iterable[Row | Problem],
    tell: Callable[[Problem], None],
    advance: Callable[[], None],
) -> Summary:
    """File the rows of a file.

    Args:
        tell: hears why a row was skipped.
        advance: called after each batch.
    """
    summary = Summary()
    with closing(loading.Tally()) as tally:
        coming = iter(rows)
        while batch := list(islice(coming, BATCH)):
            good = [item for item in batch if isinstance(item, Row)]
            for problem in batch:
                if isinstance(problem, Problem):
                    tell(problem)
            items = list(_items(core, community, good, tally))
            imported = await core.store.write(partial(_file, community=community, items=items))
            summary.imported += imported
            summary.known += len(good) - imported
            summary.skipped += len(batch) - len(good)
            advance()
    return summary


def _items(
    core: Core, community: Community, rows: Iterable[Row], tally: loading.Tally
) -> Iterator[tuple[Feedback, str]]:
    """The rows as items, without their numbers yet."""
    now = core.clock.now()
    for row in rows:
        mark = core.store.keys.fingerprint(_content(community, row))
        source = core.store.keys.fingerprint(f"{mark}:{tally.count(mark)}")
        at = row.at or now
        yield (
            Feedback(
                community_id=community.id,
                kind=row.kind,
                area=row.area,
                visibility=_shown_to(row),
                language=core.detector.detect(row.text, community.language),
                text=row.text,
                base_support=row.support,
                source=f"csv:{source}",
                created_at=at,
                changed_at=at,
            ),
            "" if row.visibility is Visibility.NAMELESS else row.author,
        )


def _shown_to(row: Row) -> Visibility:
    """The kind's default; without an author there is no name to show, and what is the team's stays the team's."""
    shown = row.visibility or DEFAULT_VISIBILITY[row.kind]
    return Visibility.NAMELESS if shown is Visibility.NAMED and not row.author else shown


def _file(session: Session, community: Community, items: list[Authored]) -> int:
    """File those that are not there yet.

    Returns:
        How many that were.
    """
    known = loading.known_sources(session, [item.source for item, _ in items if item.source])
    fresh = [(item, author) for item, author in items if item.source not in known]
    members = loading.resolve_all(session, PLATFORM, _first_days(fresh))
    for item, author in fresh:
        item.author_id = members.get(author)
    if fresh:
        loading.add_all(session, community.id, [item for item, _ in fresh])
    return len(fresh)


def _first_days(items: list[Authored]) -> dict[str, date]:
    days: dict[str, date] = {}
    for item, author in items:
        if author:
            day = item.created_at.astimezone(UTC).date()
            days[author] = min(day, days.get(author, day))
    return days


def _content(community: Community, row: Row) -> str:
    """All that makes a row what it is; two equal ones are told apart by their count."""
    at = row.at.isoformat() if row.at else ""
    return json.dumps([community.key, row.kind.value, row.text, row.author, at, row.area, row.support])
