"""Recognises the columns of tables of questions and answers by the names that other tools give them."""

import csv
import re
from collections.abc import Mapping, Sequence

from bot.language.text.normalise import fold
from storage.values import frozen

SEPARATORS = ",;\t|"
EXPORTED = ["question", "answer", "id", "language"]
"""The columns of our own export, whose cells are escaped also within a text."""
REQUIRED = {"question", "answer"}
NAMES: Mapping[str, tuple[str, ...]] = {
    "question": ("question", "questions", "phrasing", "phrasings", "formulation", "formulations", "query", "queries",
                 "prompt", "utterance", "q", "title", "titre", "intitule", "subject", "sujet"),
    "answer": ("answer", "answers", "reponse", "reponses", "response", "responses", "reply", "a", "body", "content",
               "contenu", "solution"),
    "id": ("id", "identifier", "identifiant", "key", "cle"),
    "language": ("language", "lang", "langue", "locale"),
    "valid_until": ("valid until", "valid to", "expires", "expiry", "expiration", "valable jusqu au", "expire le"),
    "tags": ("tags", "tag", "etiquettes", "etiquette", "labels", "label"),
    "further": ("keyword", "keywords", "mot cle", "mots cles", "alternative", "alternatives", "alternative questions",
                "alternate questions", "variants", "variantes", "synonyms", "synonymes", "further questions",
                "autres questions"),
    "enabled": ("enabled", "published", "active", "actif", "active ?", "publie", "publiee", "visible", "status",
                "statut", "state", "etat"),
}  # fmt: skip
"""By column, the names its header cell may have, folded; of several cells with one name, the first counts."""
OFF = frozenset(
    ["no", "n", "false", "0", "off", "non", "faux", "draft", "brouillon", "disabled", "inactive", "inactif",
     "unpublished", "archived", "archive", "hidden", "desactive", "desactivee"]
)  # fmt: skip
"""Values of an `enabled` cell that mean that the row is not published."""
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(?P<sign>.)\"?\s*\Z", re.IGNORECASE)
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*\Z")
"""The line between the header and the rows of a table in Markdown."""
_LISTED = re.compile(r"[|;\n]+")
LONG_PART = 3
"""The number of words from which a part between commas is a question, not a keyword."""


@frozen
class Header:
    """A header row.

    Attributes:
        columns: by position, the name of the column in `NAMES`, or the folded title of another column.
        titles: the cells as they are in the file.
        skipped: the number of lines before the first row, with the header's own.
    """

    separator: str
    columns: Sequence[str]
    titles: Sequence[str]
    skipped: int

    @property
    def unread(self) -> list[str]:
        """The titles of columns that are not read."""
        pairs = zip(self.columns, self.titles, strict=True)
        return [title.strip() for column, title in pairs if column not in NAMES and title.strip()]


def read_header(text: str) -> Header | None:
    """The header row, after empty lines and a spreadsheet's `sep=;`.

    None when it lacks the required columns, or is that of a table in Markdown.
    """
    lines = text.split("\n")
    at = next((number for number, line in enumerate(lines) if line.strip()), 0)
    named = _SEPARATOR_LINE.match(lines[at])
    separators = named["sign"] if named else SEPARATORS
    at += bool(named)
    if _RULE.match("".join(lines[at + 1 : at + 2])):
        return None
    for separator in separators if at < len(lines) else "":
        titles = _cells(lines[at].rstrip("\r"), separator)
        named_columns = columns(titles)
        if set(named_columns) >= REQUIRED:
            return Header(separator, named_columns, titles, at + 1)
    return None


def further(cell: str) -> list[str]:
    """The phrasings in a cell, separated by line feeds, `|` or `;`; keywords between commas are one phrasing."""
    found: list[str] = []
    for part in _LISTED.split(cell):
        parts = [one.strip() for one in part.split(",")]
        apart = any(one.endswith("?") or len(one.split()) >= LONG_PART for one in parts)
        found += parts if apart else [part.strip()]
    return [one for one in found if one]


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return []


def columns(titles: Sequence[str]) -> list[str]:
    """The column of each title; of several titles for one column, the one listed first in `NAMES` counts."""
    words = [" ".join(fold(title).replace("(s)", "s").replace("_", " ").replace("-", " ").split()) for title in titles]
    chosen = {}
    for column, names in NAMES.items():
        held = [word for word in words if word in names]
        if held:
            chosen[min(held, key=names.index)] = column
    return [chosen.get(word, word) if words.index(word) == at else word for at, word in enumerate(words)]
