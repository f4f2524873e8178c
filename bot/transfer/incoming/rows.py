"""Interprets records: the text, its date, its number of supporters, and its status."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cells import abridge, storable
from bot.commands.arguments import MOST_CHARACTERS
from bot.knowledge.sources.draft import Problem
from bot.locales.areas import Areas
from bot.transfer.incoming.reading.table import Record, Refused
from bot.transfer.incoming.values.dates import read_date
from bot.transfer.incoming.values.statuses import Statuses, fitting
from bot.transfer.incoming.values.tokens import with_words
from bot.transfer.incoming.values.votes import is_negative, read_votes
from bot.transfer.words import Kinds, read_area, read_audience, read_naming, read_visibility
from storage.values import frozen
from storage.vocabulary import Audience, Kind, Naming, Status

LONGEST_REASON = 1_000
"""The most characters of a decision's reason."""
LONGEST_ID = 200


@frozen
class Row:
    """An item read from a file.

    Attributes:
        at: when it was written, aware, UTC; None when the file does not say.
        support: the number of its supporters; None when the file does not say.
        status: None when the file does not say.
        decided_at: when its status was last changed; None when the file does not say.
        id: its id in the file; empty for none.
        voter: the supporter whom the row is for, in files with one row for each; empty for none.
        word: the word its status was read from.
        remarks: remarks on how cells were read.
    """

    kind: Kind
    text: str
    author: str = ""
    at: datetime | None = None
    area: str | None = None
    support: int | None = None
    audience: Audience | None = None
    naming: Naming | None = None
    status: Status | None = None
    decided_at: datetime | None = None
    reason: str = ""
    id: str = ""
    voter: str = ""
    word: str = ""
    remarks: Sequence[str] = field(default=(), compare=False)


@frozen
class CellContext:
    """The context for interpreting cells: the words for kinds, areas and statuses, and the community's time zone.

    Attributes:
        latest: the latest date that is accepted; None for no limit.
        day_first: whether 04/03/2026 is the fourth of March, in the whole file.
        kind: the kind of rows without one.
        named: whether authors are read.
    """

    kinds: Kinds
    areas: Areas
    zone: ZoneInfo
    statuses: Statuses
    latest: datetime | None = None
    day_first: bool = True
    kind: Kind = Kind.SUGGESTION
    named: bool = True


def read_rows(records: Iterable[Record | Problem], context: CellContext) -> Iterator[Row | Problem]:
    """The rows of records, with a problem in place of each invalid one."""
    for record in records:
        if isinstance(record, Problem):
            yield record
            continue
        try:
            yield _row(record.cells, context)
        except ValueError as error:
            yield Refused(record.where, str(error), raw=record.raw)


def _row(cells: Mapping[str, str], context: CellContext) -> Row:
    """A row from its cells.

    Raises:
        ValueError: a cell is invalid; the message says why.
    """
    remarks: list[str] = []
    kind = _kind(cells, context, remarks)
    at = _past(cells["at"], context) if cells.get("at", "").strip() else None
    audience, naming = _shown_to(cells)
    word = storable(cells.get("status", "")).strip()
    return Row(
        kind=kind,
        text=with_words(_words(cells), context.zone),
        author=" ".join(storable(cells.get("author", "")).split()) if context.named else "",
        at=at,
        area=read_area(context.areas, storable(cells.get("area", ""))),
        support=_support(cells.get("support", ""), remarks),
        audience=audience,
        naming=naming,
        status=_status(word, kind, context, remarks),
        decided_at=_decided(cells.get("changed", ""), at, context, remarks),
        reason=with_words(storable(cells.get("reason", "")).strip(), context.zone)[:LONGEST_REASON],
        id=storable(cells.get("id", "")).strip()[:LONGEST_ID],
        voter=cells.get("voter", "").strip(),
        word=word,
        remarks=remarks,
    )


def _kind(cells: Mapping[str, str], context: CellContext, remarks: list[str]) -> Kind:
    """The kind of a row; an unknown value in a column `type` of other tools means the default kind.

    Raises:
        ValueError: a cell of the column `kind` is empty, or not a kind.
    """
    if "kind" in cells:
        return context.kinds.read(_given(cells["kind"], "kind"))
    word = cells.get("type", "").strip()
    try:
        return context.kinds.read(word) if word else context.kind
    except ValueError:
        remarks.append(f"type “{abridge(word)}” is read as {context.kind.value}")
        return context.kind


def _words(cells: Mapping[str, str]) -> str:
    """The words of a row, verbatim: its title, its summary, and its text below them.

    Raises:
        ValueError: there are none, or too many characters.
    """
    text = cells.get("text", "")
    for above in (cells.get("summary", ""), cells.get("title", "")):
        if above.strip() and not text.strip().startswith(above.strip()):
            text = f"{above.strip()}\n\n{text.strip()}" if text.strip() else above
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"has {len(text)} characters of text; the most is {MOST_CHARACTERS}")
    return _given(storable(text), "text")


def _support(cell: str, remarks: list[str]) -> int | None:
    """The number of votes in a cell; with a remark, and None, if it cannot be read."""
    if not cell.strip():
        return None
    try:
        if is_negative(cell) and "-0" not in cell:
            remarks.append("votes below none are read as none")
        return read_votes(cell)
    except ValueError:
        remarks.append(f"votes “{abridge(cell)}” are no number, and read as none")
        return None


def _status(word: str, kind: Kind, context: CellContext, remarks: list[str]) -> Status | None:
    if not word:
        return None
    found = context.statuses.read(word, kind)
    if found is None:
        remarks.append(f"status “{abridge(word)}” is not known, and read as received: --status “WORD=STATUS” tells it")
        return Status.RECEIVED
    if found is Status.WITHDRAWN:
        raise ValueError(f"was withdrawn ({abridge(word)})")
    # The item it was joined to is not known here.
    return fitting(Status.EXISTS, kind) if found is Status.JOINED else found


def _decided(cell: str, at: datetime | None, context: CellContext, remarks: list[str]) -> datetime | None:
    if not cell.strip():
        return None
    try:
        found = _past(cell, context)
    except ValueError as error:
        remarks.append(f"date of the decision not read: {error}")
        return None
    return max(found, at) if at else found


def _shown_to(cells: Mapping[str, str]) -> tuple[Audience | None, Naming | None]:
    """The audience and the naming in a row's cells; None for those that are missing."""
    if (word := cells.get("visibility", "")).strip():
        return read_visibility(word)
    audience, naming = cells.get("audience", ""), cells.get("name", "")
    return read_audience(audience) if audience.strip() else None, read_naming(naming) if naming.strip() else None


def _past(cell: str, context: CellContext) -> datetime:
    """The instant in a cell.

    Raises:
        ValueError: it is not a date, or is in the future.
    """
    found = read_date(cell, context.zone, day_first=context.day_first)
    if context.latest is not None and found > context.latest:
        raise ValueError(f"“{abridge(cell)}” is in the future: `at` is when it was written")
    return found


def _given(cell: str, column: str) -> str:
    if not cell.strip():
        raise ValueError(f"{column} is empty")
    return cell
