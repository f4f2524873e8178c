"""Exports a community's feedback as a stream, as one JSON array or as CSV.

An item without a name has days in place of instants, and its language only where several people use it: both would
narrow down who wrote it.
"""

import csv
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session

from bot.cells import escape_formula
from bot.clock import start_of_day
from bot.transfer import enclosed
from bot.transfer.enclosed import Record
from storage import conditions
from storage.items import exchanges, feedback, walking
from storage.models import Community, Feedback, History
from storage.people import members
from storage.reports import reporting
from storage.vocabulary import Action, Publication, Status

PAGE = 500
"""Items read in one transaction."""
FEWEST = 5
"""How many people have to use a language in a community for it to stand beside an item without a name."""
COLUMNS = (
    "number",
    "kind",
    "text",
    "area",
    "status",
    "audience",
    "publication",
    "name",
    "language",
    "author",
    "support",
    "at",
    "changed_at",
    "community",
    "files",
)
Stopped = Callable[[], bool]
"""Whether to stop writing, asked before each item."""
When = Callable[[datetime], str]
"""Writes an instant."""


@dataclass(frozen=True, slots=True)
class Discretion:
    """What is told of an item without a name.

    Attributes:
        zone: the zone of its days.
        spoken: the languages that may stand beside it.
    """

    zone: ZoneInfo
    spoken: Collection[str]

    def when(self, item: Feedback) -> When:
        """What writes the instants of an item: its day, when it is nameless."""
        return self._day if item.nameless else datetime.isoformat

    def language(self, item: Feedback) -> str | None:
        """The language of an item; None when it is nameless and few use it."""
        return None if item.nameless and item.language not in self.spoken else item.language

    def since(self, since: datetime) -> ColumnElement[bool]:
        """The condition for items changed since an instant; nameless ones since the beginning of its day.

        With instants, exports since several of them would tell when a nameless item was written.
        """
        return conditions.changed_since(since, start_of_day(since, self.zone))

    def _day(self, at: datetime) -> str:
        return at.astimezone(self.zone).date().isoformat()


def write_json(
    session: Session,
    community: Community,
    out: TextIO,
    stopped: Stopped,
    since: datetime | None = None,
    *,
    removed: bool = False,
    folder: Path | None = None,
) -> None:
    """Write one JSON array of items, each with its history.

    When stopped, the array is left without its end, so that a reader can tell that it is incomplete.

    Args:
        since: only items changed at this instant or later; None for all.
        removed: whether items taken from view have their words, for those who may see them.
        folder: where the files are written that came with them; None for nowhere.
    """
    separator = "[\n"
    for page in _pages(session, community, since, removed=removed, folder=folder, with_history=True):
        for record in page:
            if stopped():
                return
            out.write(separator + json.dumps(record, ensure_ascii=False))
            separator = ",\n"
    out.write("\n]\n" if separator == ",\n" else "[]\n")


def write_csv(
    session: Session,
    community: Community,
    out: TextIO,
    stopped: Stopped,
    since: datetime | None = None,
    *,
    removed: bool = False,
    folder: Path | None = None,
) -> None:
    """Write a table that `portevoix import csv` reads, with cells escaped that spreadsheets would run as formulas.

    Args:
        since: only items changed at this instant or later; None for all.
        removed: whether items taken from view have their words, for those who may see them.
        folder: where the files are written that came with them; None for nowhere.
    """
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for page in _pages(session, community, since, removed=removed, folder=folder):
        for record in page:
            if stopped():
                return
            values = ((record | {"files": enclosed.line(record["files"])})[column] for column in COLUMNS)
            table.writerow("" if value is None else escape_formula(str(value)) for value in values)


def _pages(
    session: Session,
    community: Community,
    since: datetime | None,
    *,
    removed: bool,
    folder: Path | None,
    with_history: bool = False,
) -> Iterator[list[Record]]:
    """The items in pages, each read in a transaction of its own.

    The output may be slow, and a read transaction left open would keep SQLite from truncating its write-ahead log.
    """
    discretion = Discretion(ZoneInfo(community.timezone), reporting.common_languages(session, community.id, FEWEST))
    rows = walking.walk(session, community.id, PAGE, *([discretion.since(since)] if since else []))
    while page := list(islice(rows, PAGE)):
        items = [item for item, _ in page]
        names = members.names(session, {item.author_id for item in items if item.author_id is not None})
        told = feedback.histories(session, [item.id for item in items]) if with_history else {}
        files = enclosed.files(session, [one for one in items if not _is_hidden(one, removed=removed)], folder)
        session.close()
        yield [
            _record(community, item, support, names, discretion, removed=removed)
            | {"files": files.get(item.id, [])}
            | (
                {"history": _history(item, told[item.id], discretion.when(item), removed=removed)}
                if with_history
                else {}
            )
            for item, support in page
        ]


def _record(
    community: Community,
    item: Feedback,
    support: int,
    names: Mapping[int, str],
    discretion: Discretion,
    *,
    removed: bool,
) -> Record:
    """An item as it is exported: without an author when nameless, without author and words when not to be seen."""
    hidden = _is_hidden(item, removed=removed)
    unnamed = hidden or item.nameless or item.author_id is None
    when = discretion.when(item)
    return {
        "number": item.number,
        "kind": item.kind.value,
        "text": "" if hidden else item.text,
        "area": item.area,
        "status": item.status.value,
        "audience": item.audience.value,
        "publication": item.publication.value,
        "name": feedback.naming_of(item).value,
        "language": discretion.language(item),
        "author": None if unnamed else names.get(item.author_id or 0),
        "support": support,
        "at": when(item.created_at),
        "changed_at": when(item.changed_at),
        "community": community.key,
    }


def _is_hidden(item: Feedback, *, removed: bool) -> bool:
    """Whether an item is exported without its words: withdrawn, or taken from view and not to be shown."""
    return item.status is Status.WITHDRAWN or (item.publication is Publication.REMOVED and not removed)


def _history(item: Feedback, entries: Collection[History], when: When, *, removed: bool) -> list[Record]:
    """An item's history, without who made each change; of one without a name, without the changes of its name."""
    told = [_entry(entry, item, when, removed=removed) for entry in entries]
    if not item.nameless:
        return told
    return [_without_naming(one) for one in told if not _renames(one)]


def _entry(entry: History, item: Feedback, when: When, *, removed: bool) -> Record:
    """A history entry, without who made the change.

    What an author and the moderators wrote each other about a removal is left out like the words that were removed;
    what they asked and answered each other always is, since it was for them alone.
    """
    between_them = entry.action in (Action.REMOVED, Action.APPEALED) or item.publication is Publication.REMOVED
    alone = entry.action in exchanges.TURNS
    return {
        "at": when(entry.at),
        "action": entry.action.value,
        "before": entry.before,
        "after": entry.after,
        "note": "" if alone or (between_them and not removed) else entry.note,
    }


def _renames(one: Record) -> bool:
    """Whether an entry changed the name alone."""
    return one["action"] == Action.VISIBILITY and _audience(one["before"]) == _audience(one["after"])


def _without_naming(one: Record) -> Record:
    if one["action"] != Action.VISIBILITY:
        return one
    return {**one, "before": _audience(one["before"]), "after": _audience(one["after"])}


def _audience(shown: str | None) -> str:
    """The audience of `everyone, named`, as a change of either is recorded."""
    return (shown or "").partition(",")[0]
