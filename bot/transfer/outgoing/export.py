"""Exports a community's feedback as a stream: as one JSON array, as JSON Lines or as CSV."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import TextIO
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.cells import escape_formula
from bot.transfer.outgoing import enclosed
from bot.transfer.outgoing.disclosure import Disclosure
from bot.transfer.outgoing.enclosed import Box
from bot.transfer.outgoing.items import PageContext, is_hidden, record
from bot.transfer.outgoing.record import ItemPart
from storage.items import details, feedback
from storage.items.importing import restoring, walking
from storage.models import Community
from storage.people import members
from storage.reports import reporting

PAGE = 500
"""The number of items read in one transaction."""
FEWEST = 5
"""The fewest people of a community who must use a language for it to be told of a nameless item."""
MARK = "\ufeff"
"""The byte order mark, by which spreadsheets recognise UTF-8."""
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
    "details",
)
Stopped = Callable[[], bool]
"""Whether to stop writing, asked before each item."""


def write_json(
    session: Session,
    community: Community,
    out: TextIO,
    stopped: Stopped,
    since: datetime | None = None,
    *,
    removed: bool = False,
    box: Box | None = None,
) -> None:
    """Write one JSON array of items, each with its history.

    When stopped, the array is left without its end, so that a reader can tell that it is incomplete.

    Args:
        since: only items changed at this instant or later; None for all.
        removed: whether removed items are written with their words, for readers who may see them.
        box: where the items' files are written; None to write none.
    """
    separator = "[\n"
    for one in _items(session, community, since, removed=removed, box=box, with_history=True):
        if stopped():
            return
        out.write(separator + line(one))
        separator = ",\n"
    out.write("\n]\n" if separator == ",\n" else "[]\n")


def write_jsonl(
    session: Session,
    community: Community,
    out: TextIO,
    stopped: Stopped,
    since: datetime | None = None,
    *,
    removed: bool = False,
    box: Box | None = None,
) -> None:
    """Write JSON Lines: an item a line, as `write_json` writes it."""
    for one in _items(session, community, since, removed=removed, box=box, with_history=True):
        if stopped():
            return
        out.write(line(one) + "\n")


def write_csv(
    session: Session,
    community: Community,
    out: TextIO,
    stopped: Stopped,
    since: datetime | None = None,
    *,
    removed: bool = False,
    box: Box | None = None,
) -> None:
    """Write a table that `portevoix import csv` reads, with cells escaped that spreadsheets would run as formulas.

    Args:
        since: only items changed at this instant or later; None for all.
        removed: whether removed items are written with their words, for readers who may see them.
        box: where the items' files are written; None to write none.
    """
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for one in _items(session, community, since, removed=removed, box=box):
        if stopped():
            return
        cells = one.model_dump(mode="json", include=set(COLUMNS)) | {
            "files": enclosed.line(one.files),
            "details": "; ".join(f"{key}: {said}" for key, said in one.details.items()),
        }
        values = (cells[column] for column in COLUMNS)
        table.writerow("" if value is None else escape_formula(str(value)) for value in values)


def line(one: ItemPart) -> str:
    """An item as a line of JSON, without fields that were not set."""
    return json.dumps(one.model_dump(mode="json", by_alias=True, exclude_unset=True), ensure_ascii=False)


def _items(
    session: Session,
    community: Community,
    since: datetime | None,
    *,
    removed: bool,
    box: Box | None,
    with_history: bool = False,
) -> Iterator[ItemPart]:
    """The items, read in pages, each in a transaction of its own.

    The output may be slow, and a read transaction left open would keep SQLite from truncating its write-ahead log.
    """
    disclosure = Disclosure(ZoneInfo(community.timezone), reporting.common_languages(session, community.id, FEWEST))
    rows = walking.walk(session, community.id, PAGE, *([disclosure.since(since)] if since else []))
    while page := list(islice(rows, PAGE)):
        ids = [item.id for item, _ in page]
        context = PageContext(
            community=community.key,
            names=members.names(session, {item.author_id for item, _ in page if item.author_id is not None}),
            supporters=restoring.supporters(session, ids),
            targets=restoring.targets(session, {item.joined_to for item, _ in page if item.joined_to is not None}),
            files=enclosed.files(session, [one for one, _ in page if not is_hidden(one, removed=removed)], box),
            details=details.of_items(session, ids),
            histories=feedback.histories(session, ids) if with_history else None,
            disclosure=disclosure,
            removed=removed,
        )
        session.close()
        yield from [record(item, support, context) for item, support in page]
