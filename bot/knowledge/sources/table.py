"""Reads knowledge in CSV, one phrasing a row; rows with the same id, or without one the same answer, are one answer."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.cells import abridge, unescape_formula, unescape_start
from bot.knowledge.sources.draft import Draft, Problem, clean
from bot.knowledge.sources.jsonlines import LANGUAGE
from bot.language.text.normalise import fold

SEPARATORS = ",;\t"
EXPORTED = ["question", "answer", "id", "language"]
"""The columns of our own export: its cells are escaped within, too."""
NAMES: Mapping[str, tuple[str, ...]] = {
    "question": ("question", "questions", "phrasing", "phrasings", "formulation", "formulations"),
    "answer": ("answer", "answers", "reponse", "reponses"),
    "id": ("id", "identifier", "identifiant", "key", "cle"),
    "language": ("language", "lang", "langue"),
}
"""By column, the names its header cell may have, without accents and capitals."""
REQUIRED = {"question", "answer"}


def recognise(text: str) -> bool:
    """Whether the first line is a header row with a column of questions and one of answers."""
    return _header(text) is not None


def parse(text: str) -> Iterator[Draft | Problem]:
    """The rows that could not be read, then the answers in the order of their first rows."""
    found: dict[tuple[str, str], Draft] = {}
    for where, row in _rows(text):
        read = row if isinstance(row, Problem) else _read(where, row, found)
        if isinstance(read, Problem):
            yield read
        else:
            key = ("id", read.id) if read.id else ("answer", read.answer)
            first = found.get(key)
            found[key] = replace(first, phrasings=(*first.phrasings, *read.phrasings)) if first else read
    yield from found.values()


def _read(where: str, row: Mapping[str, str], found: Mapping[tuple[str, str], Draft]) -> Draft | Problem:
    """A row as an answer with one phrasing.

    Args:
        found: the answers so far: a row with a known id may leave the answer's text out, and may not change it.
    """
    own, question, answer, language = row["id"], row["question"], row["answer"], row["language"]
    first = found.get(("id", own)) if own else None
    answer = answer or (first.answer if first else "")
    if not question:
        return Problem(where, "the question is empty")
    if not answer:
        return Problem(where, "the answer is empty")
    if language and not LANGUAGE.match(language):
        return Problem(where, f"“{abridge(language)}” is not a language code, such as en or fr")
    if first and first.answer != answer:
        return Problem(where, f"has another answer under the id {abridge(own)} than {first.where}, which is kept")
    return Draft(where, (question,), answer, own or None, language or None)


def _rows(text: str) -> Iterator[tuple[str, Mapping[str, str] | Problem]]:
    """Each row with its line number in words: its cells by column, or why it cannot be read."""
    separator, columns = _header(text) or ("", [])
    table = text.lstrip("\n\r")
    skipped = text.removesuffix(table).count("\n")
    reader = csv.reader(io.StringIO(table, newline=""), delimiter=separator, strict=True)
    next(reader)
    unescape = unescape_formula if columns == EXPORTED else unescape_start
    while True:
        where = f"line {skipped + reader.line_num + 1}"
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
            yield where, {name: clean(unescape(named.get(name, ""))).strip() for name in NAMES}


def _header(text: str) -> tuple[str, list[str]] | None:
    """The separator and the columns of the header row; None when no separator gives the required columns."""
    line = text.lstrip("\n\r").split("\n", 1)[0].rstrip("\r")
    for separator in SEPARATORS:
        try:
            columns = [_column(cell) for cell in next(csv.reader([line], delimiter=separator, strict=True), [])]
        except csv.Error:
            continue
        if set(columns) >= REQUIRED:
            return separator, columns
    return None


def _column(cell: str) -> str:
    word = fold(cell)
    return next((name for name, names in NAMES.items() if word in names), word)
