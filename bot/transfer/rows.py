"""Reads a CSV file of feedback as a stream of rows, and of problems in place of invalid ones."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from bot.cells import abridge, unescape_formula, unescape_start
from bot.commands.arguments import MOST_CHARACTERS
from bot.errors import OperatorError
from bot.knowledge.sources.draft import Problem, clean
from bot.language.text.normalise import fold
from bot.locales.areas import Areas
from bot.transfer.words import Kinds, read_area, read_audience, read_count, read_moment, read_naming, read_visibility
from storage.vocabulary import Audience, Kind, Naming

COLUMNS = ("kind", "text", "author", "at", "area", "support", "audience", "name", "visibility")
REQUIRED = {"kind", "text"}
SEPARATORS = ",;\t"
EXPORTED = {"number", "changed_at", "community"}
"""Columns that only our own export has: its cells are escaped within, too."""
LONGEST_HEADER = 10_000
"""Characters of the header row that are read."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One item as a file has it.

    Attributes:
        at: when it was written, aware, UTC; None when the file does not say.
        support: the number of its supporters.
    """

    kind: Kind
    text: str
    author: str
    at: datetime | None
    area: str | None
    support: int
    audience: Audience | None = None
    naming: Naming | None = None


@dataclass(frozen=True, slots=True)
class CellContext:
    """What the meaning of cells depends on: the words for kinds and areas, and the community's zone.

    Attributes:
        latest: the latest instant a row may be dated; None for no limit.
    """

    kinds: Kinds
    areas: Areas
    zone: ZoneInfo
    latest: datetime | None = None


class Sheet:
    """A CSV file whose header row has been read.

    Args:
        source: the file, open as text.
        name: its name, for error messages.

    Attributes:
        unknown: the names of columns that are not read.

    Raises:
        OperatorError: its header row lacks required columns.
    """

    def __init__(self, source: TextIO, name: str) -> None:
        self._source = source
        line = source.readline(LONGEST_HEADER)
        self._separator, self._header = _header(line, name)
        self._unescape = unescape_formula if set(self._header) >= EXPORTED else unescape_start
        self.unknown = [abridge(column) for column in self._header if column and column not in COLUMNS]

    def rows(self, context: CellContext) -> Iterator[Row | Problem]:
        """The rows in order, with a problem in place of each invalid one."""
        reader = csv.reader(self._source, delimiter=self._separator, strict=True)
        while True:
            where = f"line {reader.line_num + 2}"
            try:
                cells = next(reader)
                if cells:
                    yield _row(self._named(cells), context)
            except StopIteration:
                return
            except csv.Error as error:
                yield Problem(where, f"cannot be read as CSV ({error}): is a quotation mark left open?")
            except ValueError as error:
                yield Problem(where, str(error))

    def _named(self, cells: list[str]) -> Mapping[str, str]:
        """Cells by their column; columns the file does not have are empty.

        Raises:
            ValueError: there are more cells than columns.
        """
        if any(cell.strip() for cell in cells[len(self._header) :]):
            raise ValueError(f"has {len(cells)} cells for {len(self._header)} columns: put quotation marks round texts")
        found = dict(zip(self._header, cells, strict=False))
        return {column: self._unescape(found.get(column, "")) for column in COLUMNS}


def _header(line: str, name: str) -> tuple[str, list[str]]:
    """The separator and the columns of the header row.

    Raises:
        OperatorError: no separator gives the required columns.
    """
    if not line:
        raise OperatorError(f"{name} is empty: its first line must name the columns kind and text.")
    for separator in SEPARATORS:
        columns = [fold(cell) for cell in next(csv.reader([line.rstrip("\r\n")], delimiter=separator), [])]
        if set(columns) >= REQUIRED:
            return separator, columns
    raise OperatorError(
        f"{name} is not a CSV file of feedback: its first line must name the columns kind and text, "
        "and may name author, at, area, support, audience and name."
    )


def _row(cells: Mapping[str, str], context: CellContext) -> Row:
    """A row from its cells.

    Raises:
        ValueError: a cell is invalid; the message says why.
    """
    if any(map(_LONE_SURROGATE.search, cells.values())):
        raise ValueError("is not UTF-8: save the file as “CSV UTF-8”")
    audience, naming = _shown_to(cells)
    return Row(
        kind=context.kinds.read(_given(cells["kind"], "kind")),
        text=_text(cells["text"]),
        author=clean(cells["author"]).strip(),
        at=_past(cells["at"], context) if cells["at"].strip() else None,
        area=read_area(context.areas, clean(cells["area"])),
        support=read_count(cells["support"]) if cells["support"].strip() else 0,
        audience=audience,
        naming=naming,
    )


def _shown_to(cells: Mapping[str, str]) -> tuple[Audience | None, Naming | None]:
    """The audience and the naming in a row's cells, None where it does not say."""
    if cells["visibility"].strip():
        return read_visibility(cells["visibility"])
    audience = read_audience(cells["audience"]) if cells["audience"].strip() else None
    return audience, read_naming(cells["name"]) if cells["name"].strip() else None


def _past(cell: str, context: CellContext) -> datetime:
    """The instant in a cell.

    Raises:
        ValueError: it is not one, or lies in the future.
    """
    found = read_moment(cell, context.zone)
    if context.latest is not None and found > context.latest:
        raise ValueError(f"“{abridge(cell)}” is in the future: `at` is when it was written")
    return found


def _text(cell: str) -> str:
    """The words in a cell, unchanged.

    Raises:
        ValueError: there are none, or too many characters.
    """
    if len(cell) > MOST_CHARACTERS:
        raise ValueError(f"has {len(cell)} characters of text; the most is {MOST_CHARACTERS}")
    return _given(clean(cell), "text")


def _given(cell: str, column: str) -> str:
    if not cell.strip():
        raise ValueError(f"{column} is empty")
    return cell
