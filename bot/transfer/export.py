"""Exports a community's feedback as a stream, as one JSON array or as CSV."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, TextIO

from sqlmodel import Session

from bot.cells import escape_formula
from storage import feedback, members
from storage.models import Community, Feedback, History
from storage.vocabulary import Action, Publication, Status

PAGE = 500
"""Items read in one transaction."""
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
)
Stopped = Callable[[], bool]
"""Whether to stop writing, asked before each item."""
Record = dict[str, Any]


def write_json(
    session: Session,
    community: Community,
    out: TextIO,
    stopped: Stopped,
    since: datetime | None = None,
    *,
    removed: bool = False,
) -> None:
    """Write one JSON array of items, each with its history.

    When stopped, the array is left without its end, so that a reader can tell that it is incomplete.

    Args:
        since: only items changed at this instant or later; None for all.
        removed: whether items taken from view have their words, for those who may see them.
    """
    separator = "[\n"
    for page in _pages(session, community, since, removed=removed, with_history=True):
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
) -> None:
    """Write a table that `portevoix import csv` reads, with cells escaped that spreadsheets would run as formulas.

    Args:
        since: only items changed at this instant or later; None for all.
        removed: whether items taken from view have their words, for those who may see them.
    """
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for page in _pages(session, community, since, removed=removed):
        for record in page:
            if stopped():
                return
            values = (record[column] for column in COLUMNS)
            table.writerow("" if value is None else escape_formula(str(value)) for value in values)


def _pages(
    session: Session, community: Community, since: datetime | None, *, removed: bool, with_history: bool = False
) -> Iterator[list[Record]]:
    """The items in pages, each read in a transaction of its own.

    The output may be slow, and a read transaction left open would keep SQLite from truncating its write-ahead log.
    """
    rows = feedback.walk(session, community.id, PAGE, since)
    while page := list(islice(rows, PAGE)):
        items = [item for item, _ in page]
        names = members.names(session, {item.author_id for item in items if item.author_id is not None})
        told = feedback.histories(session, [item.id for item in items]) if with_history else {}
        session.close()
        yield [
            _record(community, item, support, names, removed=removed)
            | ({"history": [_entry(entry, item, removed=removed) for entry in told[item.id]]} if with_history else {})
            for item, support in page
        ]


def _record(community: Community, item: Feedback, support: int, names: Mapping[int, str], *, removed: bool) -> Record:
    """An item as it is exported: without an author when nameless, without author and words when not to be seen."""
    hidden = _is_hidden(item, removed=removed)
    unnamed = hidden or item.nameless or item.author_id is None
    return {
        "number": item.number,
        "kind": item.kind.value,
        "text": "" if hidden else item.text,
        "area": item.area,
        "status": item.status.value,
        "audience": item.audience.value,
        "publication": item.publication.value,
        "name": feedback.naming_of(item).value,
        "language": item.language,
        "author": None if unnamed else names.get(item.author_id or 0),
        "support": support,
        "at": item.created_at.isoformat(),
        "changed_at": item.changed_at.isoformat(),
        "community": community.key,
    }


def _is_hidden(item: Feedback, *, removed: bool) -> bool:
    """Whether an item is exported without its words: withdrawn, or taken from view and not to be shown."""
    return item.status is Status.WITHDRAWN or (item.publication is Publication.REMOVED and not removed)


def _entry(entry: History, item: Feedback, *, removed: bool) -> Record:
    """A history entry, without who made the change.

    What an author and the moderators wrote each other about a removal is left out like the words that were removed.
    """
    between_them = entry.action in (Action.REMOVED, Action.APPEALED) or item.publication is Publication.REMOVED
    return {
        "at": entry.at.isoformat(),
        "action": entry.action.value,
        "before": entry.before,
        "after": entry.after,
        "note": "" if between_them and not removed else entry.note,
    }
