"""Reads knowledge in CSV, one phrasing a row; rows with the same id, or without one the same answer, are one answer."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.cells import abridge, storable, unescape_formula, unescape_start
from bot.knowledge.sources.columns import EXPORTED, NAMES, OFF, Header, further, read_header
from bot.knowledge.sources.draft import Draft, Problem
from bot.knowledge.sources.values import day, language_code, tags
from bot.language.text.normalise import fold


def recognise(text: str) -> bool:
    """Whether the first line is a header row with a column of questions and one of answers."""
    return read_header(text) is not None


def parse(text: str) -> Iterator[Draft | Problem]:
    """Problems, then the answers in the order of their first rows."""
    header = read_header(text)
    if header is None:
        return
    if header.unread:
        names = ", ".join(abridge(name) for name in header.unread)
        yield Problem(f"line {header.skipped}", f"columns not read: {names}", skips=False)
    found: dict[tuple[str, str], Draft] = {}
    for where, row in _rows(text, header):
        read = row if isinstance(row, Problem) else _read(where, row, found)
        if isinstance(read, Problem):
            yield read
        else:
            key = ("id", read.id) if read.id else ("answer", read.answer)
            first = found.get(key)
            found[key] = replace(first, phrasings=(*first.phrasings, *read.phrasings)) if first else read
    yield from found.values()


def _read(where: str, row: Mapping[str, str], found: Mapping[tuple[str, str], Draft]) -> Draft | Problem:
    """A row as an answer with its phrasing, and further ones or keywords.

    Args:
        found: the answers so far: a row with a known id may leave the answer's text out, and may not change it.
    """
    own, question, answer = row["id"], row["question"], row["answer"]
    language = language_code(row["language"])
    first = found.get(("id", own)) if own else None
    answer = answer or (first.answer if first else "")
    if fold(row["enabled"]).strip() in OFF:
        return Problem(where, f"is not published ({abridge(row['enabled'])})")
    if not question:
        return Problem(where, "the question is empty")
    if not answer:
        return Problem(where, "the answer is empty")
    if row["language"] and not language:
        return Problem(where, f"“{abridge(row['language'])}” is not a language code, such as en or fr")
    if row["valid_until"] and day(row["valid_until"]) is None:
        return Problem(where, f"“{abridge(row['valid_until'])}” is not a day such as 2026-03-31")
    if first and first.answer != answer:
        return Problem(where, f"has another answer under the id {abridge(own)} than {first.where}, which is kept")
    phrasings = tuple(dict.fromkeys((question, *further(row["further"]))))
    return Draft(
        where, phrasings, answer, own or None, language, valid_until=day(row["valid_until"]), tags=tags(row["tags"])
    )


def _rows(text: str, header: Header) -> Iterator[tuple[str, Mapping[str, str] | Problem]]:
    """Each row with its line number in words: its cells by column, or why it cannot be read."""
    columns = header.columns
    table = "\n".join(text.split("\n")[header.skipped :])
    reader = csv.reader(io.StringIO(table, newline=""), delimiter=header.separator, strict=True)
    unescape = unescape_formula if columns == EXPORTED else unescape_start
    while True:
        where = f"line {header.skipped + reader.line_num + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield where, Problem(where, f"cannot be read as CSV ({error}): is a quotation mark left open?")
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            yield where, Problem(where, f"has {len(cells)} cells for {len(columns)} columns: quote texts")
        elif any(cell.strip() for cell in cells):
            named = dict(zip(columns, cells, strict=False))
            yield where, {name: storable(unescape(named.get(name, ""))).strip() for name in NAMES}
