"""Recognises words of severe problems: outages, impossible payment, leaks of data, injuries, fire."""

from functools import cache
from pathlib import Path

from bot.recognition.phrasebook.guarded import HARMLESS, Guarded, guard
from bot.recognition.phrasebook.table import read_tables
from bot.recognition.phrasebook.words import fold
from storage.values import frozen

SEVERE = "severe"
SECTIONS = frozenset({"spelling", "passed over", "typos", "groups", SEVERE, HARMLESS})


@frozen
class SevereTables:
    """The compiled tables of every language; made by `load_severe`."""

    languages: tuple[Guarded, ...]


@cache
def load_severe(folder: Path | None = None) -> SevereTables:
    """Reads and compiles the packaged tables, with those of the operator's folder added.

    Raises:
        OperatorError: a line cannot be used; it names file, line and mend.
    """
    return SevereTables(tuple(guard(table, (SEVERE,)) for table in read_tables("severe", SECTIONS, folder)))


def is_severe(text: str, tables: SevereTables) -> bool:
    """Whether a problem has a severe phrase that is not cancelled by a harmless one."""
    tokens = fold(text)
    return any(any(language.find(tokens)) for language in tables.languages)
