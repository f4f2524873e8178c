"""The store into a file: every item of a community, streamed as one JSON array or as CSV."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, TextIO

from sqlmodel import Session

from bot.transfer.words import guard
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


def write_json(session: Session, community: Community, out: TextIO, stopped: Stopped) -> None:
    """Write one array; an item's words stand in it once, under `text`. A stopped one is left open, plainly."""
    separator = "[\n"
    for item, record in _records(session, community, stopped):
        history = [_entry(entry) for entry in feedback.history(session, item.id)]
        out.write(separator + json.dumps({**record, "history": history}, ensure_ascii=False))
        separator = ",\n"
    if not stopped():
        out.write("\n]\n" if separator == ",\n" else "[]\n")


def write_csv(session: Session, community: Community, out: TextIO, stopped: Stopped) -> None:
    """Write a table that `import csv` reads again and that no spreadsheet takes for formulas."""
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for _, record in _records(session, community, stopped):
        values = (record[column] for column in COLUMNS)
        table.writerow("" if value is None else guard(str(value)) for value in values)


def _records(session: Session, community: Community, stopped: Stopped) -> Iterator[tuple[Feedback, Mapping[str, Any]]]:
    rows = feedback.walk(session, community.id, PAGE)
    while page := list(islice(rows, PAGE)):
        names = members.names(session, {item.author_id for item, _ in page if item.author_id is not None})
        for item, support in page:
            if stopped():
                return
            yield item, _record(community, item, support, names)


def _record(community: Community, item: Feedback, support: int, names: Mapping[int, str]) -> Mapping[str, Any]:
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


def _entry(entry: History) -> Mapping[str, Any]:
    """A change, without who made it."""
    return {
        "at": entry.at.isoformat(),
        "action": entry.action.value,
        "before": entry.before,
        "after": entry.after,
        "note": entry.note,
    }
