"""The store into a file: every item of a community, streamed as one JSON array or as CSV."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, TextIO

from sqlmodel import Session

from bot.cells import guard
from storage import feedback, members
from storage.models import Community, Feedback, History
from storage.vocabulary import Status, Visibility

PAGE = 500
COLUMNS = (
    "number",
    "kind",
    "text",
    "area",
    "status",
    "visibility",
    "language",
    "author",
    "support",
    "at",
    "changed_at",
    "community",
)
Stopped = Callable[[], bool]
Record = dict[str, Any]


def write_json(
    session: Session, community: Community, out: TextIO, stopped: Stopped, since: datetime | None = None
) -> None:
    """Write one array; an item's words stand in it once, under `text`. A stopped one is left open, plainly."""
    separator = "[\n"
    for page in _pages(session, community, since, with_history=True):
        for record in page:
            if stopped():
                return
            out.write(separator + json.dumps(record, ensure_ascii=False))
            separator = ",\n"
    out.write("\n]\n" if separator == ",\n" else "[]\n")


def write_csv(
    session: Session, community: Community, out: TextIO, stopped: Stopped, since: datetime | None = None
) -> None:
    """Write a table that `import csv` reads again and that no spreadsheet takes for formulas."""
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for page in _pages(session, community, since):
        for record in page:
            if stopped():
                return
            values = (record[column] for column in COLUMNS)
            table.writerow("" if value is None else guard(str(value)) for value in values)


def _pages(
    session: Session, community: Community, since: datetime | None, *, with_history: bool = False
) -> Iterator[list[Record]]:
    """The items, a page of them at a time, each page read in a transaction of its own.

    Whoever reads the file may be slow: a transaction left open would keep the running bot's log from being cleared.
    """
    rows = feedback.walk(session, community.id, PAGE, since)
    while page := list(islice(rows, PAGE)):
        items = [item for item, _ in page]
        names = members.names(session, {item.author_id for item in items if item.author_id is not None})
        told = feedback.histories(session, [item.id for item in items]) if with_history else {}
        session.close()
        yield [
            _record(community, item, support, names)
            | ({"history": [_entry(entry) for entry in told[item.id]]} if with_history else {})
            for item, support in page
        ]


def _record(community: Community, item: Feedback, support: int, names: Mapping[int, str]) -> Record:
    """An item as files carry it: without a name when it has none, without words once withdrawn."""
    withdrawn = item.status is Status.WITHDRAWN
    unnamed = withdrawn or item.visibility is Visibility.NAMELESS or item.author_id is None
    return {
        "number": item.number,
        "kind": item.kind.value,
        "text": "" if withdrawn else item.text,
        "area": item.area,
        "status": item.status.value,
        "visibility": item.visibility.value,
        "language": item.language,
        "author": None if unnamed else names.get(item.author_id or 0),
        "support": support,
        "at": item.created_at.isoformat(),
        "changed_at": item.changed_at.isoformat(),
        "community": community.key,
    }


def _entry(entry: History) -> Record:
    """A change, without who made it."""
    return {
        "at": entry.at.isoformat(),
        "action": entry.action.value,
        "before": entry.before,
        "after": entry.after,
        "note": entry.note,
    }
