"""Reads a CSV file as a stream of records."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import islice
from typing import TextIO

from bot.cells import abridge, unescape_formula, unescape_start
from bot.errors import OperatorError
from bot.knowledge.sources.draft import Problem
from bot.language.text.normalise import fold
from bot.transfer.incoming.reading import dialect
from bot.transfer.incoming.reading.columns import Columns, Names
from bot.transfer.incoming.reading.foreign import refuse_json
from bot.transfer.incoming.reading.names import NAMES
from bot.transfer.incoming.reading.pages import plain
from bot.transfer.incoming.reading.source import Source
from bot.transfer.incoming.reading.table import Record, Refused
from storage.vocabulary import Naming

Keeps = Callable[[Mapping[str, str]], bool]
SAMPLE = 2_000
"""The most rows at the beginning that are read for a sample."""
WORDS = {"title", "summary", "text", "reason"}
"""Columns whose cells may have HTML."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Sheet:
    """A CSV file whose header row has been read.

    Args:
        names: by column, the names it may have.
        keeps: tells by its cells whether a row is about an idea; other rows are left out.

    Attributes:
        titles: the cells of its header row.
        columns: its recognised columns.

    Raises:
        OperatorError: its header row names no column of text.
    """

    def __init__(self, source: Source, names: Names = NAMES, keeps: Keeps = lambda _: True) -> None:
        self._source, self._keeps = source, keeps
        sample = source.sample()
        found = dialect.tell(sample, names)
        if found is None:
            refuse_json(sample, source.name)
            raise OperatorError(_refusal(source.name, sample))
        self._dialect = found
        self.titles: Sequence[str] = found.titles
        self.columns = _without_names(found.columns, self._rows(io.StringIO(sample, newline="")))
        self._unescape = unescape_formula if self.columns.exported else unescape_start

    @property
    def unread(self) -> Sequence[str]:
        """The titles of columns that are not read."""
        return self.columns.unread

    @property
    def exported(self) -> bool:
        """Whether our own export wrote it."""
        return self.columns.exported

    def records(self) -> Iterator[Record | Problem]:
        """The rows in order; empty ones are left out."""
        with self._source.text() as text:
            yield from self._read(text)

    def sample(self) -> Iterator[Record | Problem]:
        """The first rows."""
        yield from islice(self._read(io.StringIO(self._source.sample(), newline="")), SAMPLE)

    def _read(self, text: TextIO) -> Iterator[Record | Problem]:
        broken = False
        for where, row in self._rows(text):
            if isinstance(row, str):
                broken = True
                yield Problem(where, row)
            elif broken and len(row) != len(self.titles):
                yield Refused(where, f"{self._misfit(row)}: it seems to be the rest of the row before", raw=row)
            elif _LONE_SURROGATE.search("\n".join(row)):
                yield Refused(where, "is not UTF-8: save the file as “CSV UTF-8”", raw=row)
            elif any(cell.strip() for cell in row[len(self.titles) :]):
                yield Refused(where, f"{self._misfit(row)}: put quotation marks round texts", raw=row)
            else:
                broken, cells = False, self._named(row)
                if self._keeps(cells):
                    yield Record(where, cells, row)

    def _misfit(self, row: Sequence[str]) -> str:
        return f"has {len(row)} cells for {len(self.titles)} columns"

    def _named(self, row: Sequence[str]) -> Mapping[str, str]:
        return {column: self._cell(row, column, at) for column, at in self.columns.at.items()}

    def _cell(self, row: Sequence[str], column: str, at: int) -> str:
        """The cell of a column; of a column in several languages, the first that is not empty."""
        places = [at, *self.columns.others.get(column, ())]
        cell = next((row[place] for place in places if place < len(row) and row[place].strip()), "")
        if not cell:
            return row[at] if at < len(row) else ""
        words = self._unescape(cell)
        return words if self.columns.exported or column not in WORDS else plain(words)

    def _rows(self, text: TextIO) -> Iterator[tuple[str, list[str] | str]]:
        """Each row after the header that is not empty, with its place, or the reason why it cannot be read."""
        text.read(self._dialect.lead)
        reader, header = self._dialect.rows(text), False
        while True:
            where = f"line {self._dialect.lines + reader.line_num + 1}"
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield where, f"cannot be read as CSV ({error}): is a quotation mark left open?"
                continue
            if not any(cell.strip() for cell in row):
                continue
            if header:
                yield where, row
            header = True


def _without_names(columns: Columns, rows: Iterator[tuple[str, list[str] | str]]) -> Columns:
    """The columns, with `name` as the column of authors or titles, unless it tells whether items have a name."""
    at = columns.at.get("name")
    if at is None or columns.exported:
        return columns
    cells = {fold(row[at]) for _, row in islice(rows, SAMPLE) if isinstance(row, list) and at < len(row)} - {""}
    if cells <= set(Naming):
        return columns
    others = {column: place for column, place in columns.at.items() if column != "name"}
    free = "author" if "author" not in others else "title" if _are_titles(cells) else ""
    if not free or free in others:
        return replace(columns, at=others, unread=[*columns.unread, "name"])
    return replace(columns, at={free: at, **others})


def _are_titles(cells: Set[str]) -> bool:
    """Whether names are rather titles of ideas than names of people, which rarely have three words."""
    return sum(len(cell.split()) > 2 for cell in cells) * 2 > len(cells)


def _refusal(name: str, sample: str) -> str:
    if not sample.strip():
        return f"{name} is empty: its first line must name the columns kind and text."
    titles = ", ".join(abridge(title) for title in sample.split("\n", maxsplit=1)[0].split(",")[:8] if title.strip())
    return (
        f"{name} is not a CSV file of feedback: its first line must name the columns kind and text (or a title or a "
        f"description), and may name author, at, area, support, status and more; it is: {titles}."
    )
