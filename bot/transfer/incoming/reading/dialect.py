"""Detects the dialect of a table by its beginning: separators, quoting, and the place of the header row."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import islice
from typing import Any

from bot.transfer.incoming.reading.columns import Columns, recognise
from bot.transfer.incoming.reading.names import NAMES
from storage.values import frozen

SEPARATORS = ",;\t|:^"
ROWS = 200
"""The number of rows by which a dialect is detected."""
ABOVE = 10
"""The most lines above the header row, with the file's name, its date and the like."""
SURE = 2
"""The fewest columns that a header row below other lines must name."""
_NAMED = re.compile(r"\s*\"?sep=(?P<sign>.)\"?[ \t]*(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_BLANK = re.compile(r"(?:[ \t,;]*(?:\r\n|\r|\n))+")


@frozen
class Dialect:
    """The dialect of a table.

    Attributes:
        options: the arguments for `csv.reader`.
        lead, lines: the number of characters, and of lines, before the header row.
    """

    options: dict[str, Any]
    lead: int = 0
    lines: int = 0
    titles: Sequence[str] = ()
    columns: Columns = field(default_factory=lambda: Columns({}, ()))

    def rows(self, text: Iterator[str]) -> Any:
        """A reader of the rows of a text."""
        return csv.reader(text, strict=True, **self.options)


def tell(sample: str, names: Mapping[str, tuple[str, ...]] = NAMES) -> Dialect | None:
    """The dialect of a table by its beginning; None when its header row names no column of text."""
    lead = match.end() if (match := _BLANK.match(sample)) else 0
    named = _NAMED.match(sample, lead)
    lead = named.end() if named else lead
    text = sample[lead:]
    found = []
    for separator in named["sign"] if named else SEPARATORS:
        for order, options in enumerate(_styles(text, separator)):
            if options["delimiter"] == options.get("quotechar"):
                continue
            head, faults, quoted = _try(text, options, names)
            if head.columns.has_words:
                above = _length(text, head.lines)
                rank = (faults, -quoted, -len(head.columns.at), -len(head.titles), order)
                lines = len(sample[:lead].splitlines()) + head.lines
                found.append((rank, Dialect(options, lead + above, lines, head.titles, head.columns)))
    return min(found, key=lambda one: one[0])[1] if found else None


@frozen
class _Head:
    """A header row, with the number of lines above it."""

    titles: Sequence[str]
    columns: Columns
    lines: int = 0


def _styles(text: str, separator: str) -> Iterator[dict[str, Any]]:
    """The ways of quoting for which there is evidence in the text, the usual one first."""
    spaced = f'{separator} "' in text and f'{separator}"' not in text
    usual = {"delimiter": separator, "quotechar": '"', "skipinitialspace": spaced}
    yield usual
    if '"' not in text and "'" in text:
        yield {**usual, "quotechar": "'"}
    if "\\" in text:
        for quote in '"' if '"' in text else "'\"":
            yield {**usual, "quotechar": quote, "doublequote": False, "escapechar": "\\"}
        yield {"delimiter": separator, "quoting": csv.QUOTE_NONE, "quotechar": None, "escapechar": "\\"}
    if separator == "\t" and '"' in text and not re.search(r'(?:^|\t)"[^"\t]*"(?=[\t\r\n])', text, re.MULTILINE):
        yield {"delimiter": separator, "quoting": csv.QUOTE_NONE, "quotechar": None}


def _try(text: str, options: dict[str, Any], names: Mapping[str, tuple[str, ...]]) -> tuple[_Head, int, bool]:
    """The header row, the number of rows that do not fit it, and whether there is evidence for unusual quoting."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, **options)
    rows, starts, faults = list[list[str]](), list[int](), 0
    while len(rows) < ROWS:
        start = reader.line_num
        try:
            row = next(reader, None)
        except csv.Error:
            faults += 1
            continue
        if row is None:
            break
        rows.append(row)
        starts.append(start)
    place, head = _head(rows, starts, names)
    titles, below = head.titles, rows[place:]
    faults += sum(len(row) > len(titles) and any(cell.strip() for cell in row[len(titles) :]) for row in below)
    faults += sum(0 < len(row) < len(titles) and row != [""] for row in below)
    return head, faults, not faults and _founded(text, options, rows)


def _head(
    rows: Sequence[Sequence[str]], starts: Sequence[int], names: Mapping[str, tuple[str, ...]]
) -> tuple[int, _Head]:
    """The index of the header row, and that row: the first that is not empty, or one below it that names columns."""
    filled = [place for place, row in enumerate(rows) if any(cell.strip() for cell in row)][: ABOVE + 1]
    for place in filled:
        head = _Head(rows[place], recognise(rows[place], names), starts[place])
        if head.columns.has_words and (place == filled[0] or len(head.columns.at) >= SURE):
            return place, head
    return 0, _Head((), recognise((), names))


def _length(text: str, lines: int) -> int:
    """The number of characters of the first lines."""
    return sum(map(len, islice(io.StringIO(text, newline=""), lines)))


def _founded(text: str, options: dict[str, Any], rows: Sequence[Sequence[str]]) -> bool:
    if options.get("escapechar"):
        quote = options["quotechar"]
        bare = re.sub(r"\\.", "", text, flags=re.DOTALL)
        if quote is None:
            return '"' not in bare and ('\\"' in text or f"\\{options['delimiter']}" in text)
        return f"\\{quote}" in text and quote * 2 not in bare.replace(options["delimiter"] + quote * 2, "")
    if options["quotechar"] == "'":
        return len(rows) > 1 and _has_pairs(text, options["delimiter"])
    return False


def _has_pairs(text: str, separator: str) -> bool:
    """Whether any cell is between apostrophes."""
    edge = re.escape(separator)
    cells = islice(re.finditer(rf"(?:^|[{edge}\r\n])'(?:[^']|'')*'(?=[{edge}\r\n]|\Z)", text), 1)
    return next(cells, None) is not None
