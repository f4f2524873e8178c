"""Previews an import without storing anything, and describes it in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.cells import printable, quoted
from bot.core import Core
from bot.knowledge.sources.draft import Problem
from bot.language.text.excerpt import excerpt
from bot.transfer.incoming import likeness
from bot.transfer.incoming.intake import ImportOptions, Summary, load
from bot.transfer.incoming.reading.table import named
from bot.transfer.incoming.rows import Row
from storage.items.importing.loading import Item
from storage.items.importing.revising import Revision
from storage.models import Community
from storage.vocabulary import CLOSED, Status

SAMPLES = 10
SHOWN = 5
"""The most pairs, and the most problems, that are shown."""
LENGTH = 80
"""The most characters of a text that are shown."""


@dataclass(slots=True)
class Survey:
    """The effect that an import would have.

    Attributes:
        weeks: the Mondays of the weeks it covers.
        undated: the number of rows without a date.
        closed: the number of items that would be closed, by status.
        texts: the texts of the first items, to find duplicates.
    """

    zone: ZoneInfo
    summary: Summary = field(default_factory=Summary)
    weeks: set[date] = field(default_factory=set)
    undated: int = 0
    without_area: int = 0
    without_author: int = 0
    closed: Counter[Status] = field(default_factory=Counter)
    samples: list[Item] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    async def take(self, items: Sequence[Item], revisions: Sequence[Revision]) -> int:
        """Count the new items and revisions of a batch; return the number of items."""
        for item in items:
            self.weeks.add(_monday(item.at, self.zone))
            self.without_area += item.area is None
            self.without_author += not item.author
            self.closed[item.status] += item.status in CLOSED
        moved = (one.status for one in revisions if one.status is not one.held.status)
        self.closed.update(status for status in moved if status in CLOSED)
        self.samples += items[: SAMPLES - len(self.samples)]
        self.texts += [item.text for item in items[: likeness.MOST - len(self.texts)]]
        return len(items)

    def undated_counted(self, rows: Iterable[Row | Problem]) -> Iterator[Row | Problem]:
        """The rows, while those without a date are counted."""
        for row in rows:
            self.undated += isinstance(row, Row) and row.at is None
            yield row

    def tell(self, problem: Problem) -> None:
        """Keep the first problems."""
        if len(self.problems) < SHOWN:
            self.problems.append(problem)


async def survey(core: Core, community: Community, rows: Iterable[Row | Problem], options: ImportOptions) -> Survey:
    """Read rows as `load` does, without storing anything."""
    found = Survey(ZoneInfo(community.timezone))
    counted = found.undated_counted(rows)
    found.summary = await load(core, community, counted, found.tell, lambda _: None, options, found.take)
    return found


def lines(found: Survey, name: str, unread: Sequence[str], options: ImportOptions) -> Iterator[str]:
    """A survey in words.

    Args:
        name: the file's name.
        unread: the titles of its columns that are not read.
    """
    own = found.summary
    yield f"{name}: {own.rows:,} {'row' if own.rows == 1 else 'rows'}"
    yield f"  to import {own.imported:,}, to change {own.changed:,}, already there {own.known:,}"
    yield f"  weeks covered: {_weeks(found.weeks)}"
    if found.undated:
        yield f"  without a date: {found.undated:,}, dated today"
    yield f"  without an area: {found.without_area:,}"
    yield f"  without an author: {found.without_author:,}{_quoted(found.without_author, quotable=options.quotable)}"
    yield f"  duplicates: {own.merged:,}{', counted as support of the row they repeat' if own.merged else ''}"
    yield from _alike(found)
    yield f"  to be closed: {_closed(found.closed)}"
    yield f"  not read: {named(unread) or 'nothing, every column is read'}"
    yield from (f"  {line}" for line in own.remarks.lines())
    yield from _problems(found)
    if found.samples:
        yield "  samples:"
        yield from (f"    {_sample(item, found.zone)}" for item in found.samples)


def _monday(at: datetime, zone: ZoneInfo) -> date:
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def _weeks(weeks: set[date]) -> str:
    if not weeks:
        return "none"
    return f"{len(weeks):,}, from {_day(min(weeks))} to {_day(max(weeks) + timedelta(days=6))}"


def _quoted(number: int, *, quotable: bool) -> str:
    if not number:
        return ""
    quoted = "quoted as words without a name are" if quotable else "not quoted without --quotes"
    return f", counted apart, {quoted}"


def _closed(closed: Counter[Status]) -> str:
    if not closed.total():
        return "0"
    each = ", ".join(f"{_word(status)} {number:,}" for status, number in closed.most_common() if number)
    return f"{closed.total():,} ({each}); nobody is told"


def _alike(found: Survey) -> Iterator[str]:
    pairs = likeness.pairs(found.texts)
    where = f" among the first {likeness.MOST:,}" if len(found.texts) == likeness.MOST else ""
    yield f"  near-duplicates: {len(pairs):,}{where}{'; they can be joined once they are here' if pairs else ''}"
    for pair in pairs[:SHOWN]:
        first, second = (quoted(found.texts[at], LENGTH) for at in (pair.first, pair.second))
        yield f"    {first} ~ {second} ({pair.likeness} %)"


def _problems(found: Survey) -> Iterator[str]:
    if found.summary.skipped:
        yield f"  skipped: {found.summary.skipped:,}"
        yield from (f"    {problem}" for problem in found.problems)


def _sample(item: Item, zone: ZoneInfo) -> str:
    parts = [item.kind.value, _day(item.at.astimezone(zone).date()), _word(item.status), f"support {item.support:,}"]
    parts += [printable(excerpt(part, 40)) for part in (item.area or "", item.author) if part]
    return " · ".join([*parts, quoted(item.text, LENGTH)])


def _word(status: Status) -> str:
    return status.value.replace("_", " ")


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale="en")
