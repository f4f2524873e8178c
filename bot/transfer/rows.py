"""A CSV file as rows of feedback: streamed, each good or with the reason why it is not."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

from bot.cells import shown, unguard
from bot.commands.arguments import MOST_CHARACTERS
from bot.errors import OperatorError
from bot.knowledge.sources.draft import Problem, clean
from bot.language.normalise import fold
from bot.locales.areas import Areas
from bot.transfer.words import Kinds, count, moment, read_area, read_visibility
from storage.vocabulary import Kind, Visibility

COLUMNS = ("kind", "text", "author", "at", "area", "support", "visibility")
REQUIRED = {"kind", "text"}
SEPARATORS = ",;\t"
LONGEST_HEADER = 10_000
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of feedback as a file has it; `at` is None where the file does not say."""

    kind: Kind
    text: str
    author: str
    at: datetime | None
    area: str | None
    support: int
    visibility: Visibility | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What cells are read with: the community's words and zone."""

    kinds: Kinds
    areas: Areas
    zone: ZoneInfo
    latest: datetime | None = None
    """What is dated after this was not written yet."""


class Sheet:
    """A CSV file whose header has been read.

    Attributes:
        unknown: the columns that mean nothing here.

    Raises:
        OperatorError: its first line does not name the columns.
    """

    def __init__(self, source: TextIO, name: str) -> None:
        self._source = source
        line = source.readline(LONGEST_HEADER)
        self._separator, self._header = _header(line, name)
        self.unknown = [shown(column) for column in self._header if column and column not in COLUMNS]

    def rows(self, reading: Reading) -> Iterator[Row | Problem]:
        """The rows, one after another, each with its line when something is wrong with it."""
        reader = csv.reader(self._source, delimiter=self._separator, strict=True)
        while True:
            where = f"line {reader.line_num + 2}"
            try:
                cells = next(reader)
                if cells:
                    yield _row(self._named(cells), reading)
            except StopIteration:
                return
            except csv.Error as error:
                yield Problem(where, f"cannot be read as CSV ({error}): is a quotation mark left open?")
            except ValueError as error:
                yield Problem(where, str(error))

    def _named(self, cells: list[str]) -> Mapping[str, str]:
        """Cells by their column; what a file leaves out is empty."""
        if any(cell.strip() for cell in cells[len(self._header) :]):
            raise ValueError(f"has {len(cells)} cells for {len(self._header)} columns: put quotation marks round texts")
        found = dict(zip(self._header, cells, strict=False))
        return {column: unguard(found.get(column, "")) for column in COLUMNS}


def _header(line: str, name: str) -> tuple[str, list[str]]:
    """The separator that makes sense of the first line, and the columns it names."""
    if not line:
        raise OperatorError(f"{name} is empty: its first line must name the columns kind and text.")
    for separator in SEPARATORS:
        columns = [fold(cell) for cell in next(csv.reader([line.rstrip("\r\n")], delimiter=separator), [])]
        if set(columns) >= REQUIRED:
            return separator, columns
    raise OperatorError(
        f"{name} is not a CSV file of feedback: its first line must name the columns kind and text, "
        "and may name author, at, area, support and visibility."
    )


def _row(cells: Mapping[str, str], reading: Reading) -> Row:
    """A row's values.

    Raises:
        ValueError: why it is not one.
    """
    if any(map(_LONE_SURROGATE.search, cells.values())):
        raise ValueError("is not UTF-8: save the file as “CSV UTF-8”")
    return Row(
        kind=reading.kinds.read(_given(cells["kind"], "kind")),
        text=_text(cells["text"]),
        author=clean(cells["author"]).strip(),
        at=_past(cells["at"], reading) if cells["at"].strip() else None,
        area=read_area(reading.areas, clean(cells["area"])),
        support=count(cells["support"]) if cells["support"].strip() else 0,
        visibility=read_visibility(cells["visibility"]) if cells["visibility"].strip() else None,
    )


def _past(cell: str, reading: Reading) -> datetime:
    """When it was written: not in the future."""
    found = moment(cell, reading.zone)
    if reading.latest is not None and found > reading.latest:
        raise ValueError(f"“{shown(cell)}” is in the future: `at` is when it was written")
    return found


def _text(cell: str) -> str:
    """The words, exactly."""
    if len(cell) > MOST_CHARACTERS:
        raise ValueError(f"has {len(cell)} characters of text; the most is {MOST_CHARACTERS}")
    return _given(clean(cell), "text")


def _given(cell: str, column: str) -> str:
    if not cell.strip():
        raise ValueError(f"{column} is empty")
    return cell
