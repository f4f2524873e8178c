"""Recognises document formats that are not read, and tells how to convert them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.knowledge.sources.draft import Problem

MARKUP = "pandoc -t gfm makes Markdown of it"
COPIED = "copy its text into a Markdown file"
SAVED = "save it as CSV UTF-8"
_RST, _ADOC = ("reStructuredText", MARKUP), ("AsciiDoc", MARKUP)
_WRITTEN, _TABLE = ("a document of a word processor", MARKUP), ("a spreadsheet", SAVED)
FORMATS = {
    ".rst": _RST, ".adoc": _ADOC, ".asciidoc": _ADOC, ".org": ("Org", MARKUP), ".textile": ("Textile", MARKUP),
    ".docx": _WRITTEN, ".odt": _WRITTEN, ".rtf": _WRITTEN, ".doc": _WRITTEN, ".pdf": ("a PDF", COPIED),
    ".epub": ("an e-book", MARKUP), ".xlsx": _TABLE, ".xls": _TABLE, ".ods": _TABLE,
}  # fmt: skip
"""By file name extension, the name of the format and how to convert it."""
MOST_NAMED = 5
"""The most files of a format that are named; of more, their number is told."""
_IS_RST = re.compile(r"^\.\. (?:[\w-]+::|_[^\n]+:\s*$)", re.MULTILINE)
_IS_ADOC = re.compile(r"\s*= \S[^\n]*\n(?:.*\n)?== \S", re.DOTALL)


def foreign(path: Path, text: str = "") -> str | None:
    """The format of a file that is not read, and how to convert it, in words; None if it may be read.

    Args:
        text: its content, by which it is recognised if its name does not tell.
    """
    format_, mend = FORMATS.get(path.suffix.lower()) or _told(path, text) or ("", "")
    return f"{format_}, which is not read: {mend}" if format_ else None


def name_foreign(folder: Path, files: Iterable[Path]) -> Iterator[Problem]:
    """A problem for each format of the files of a folder that are not read."""
    named: dict[str, list[str]] = defaultdict(list)
    for file in files:
        if words := foreign(file):
            named[words].append(str(file.relative_to(folder)))
    for words, names in named.items():
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        yield Problem(f"{', '.join(names[:MOST_NAMED])}{more}", words)


def _told(path: Path, text: str) -> tuple[str, str] | None:
    if path.suffix.lower() not in ("", ".txt"):
        return None
    if _IS_ADOC.match(text):
        return _ADOC
    return _RST if _IS_RST.search(text) else None
