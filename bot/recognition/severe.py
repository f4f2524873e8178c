"""Recognises words of severe problems: outages, impossible payment, leaks of data, injuries, fire."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.recognition.phrasebook.phrases import Find, Phrases
from bot.recognition.phrasebook.table import Table, read_tables
from bot.recognition.phrasebook.words import fold, respell

SECTIONS = frozenset({"spelling", "passed over", "typos", "groups", "severe", "harmless"})


@dataclass(frozen=True, slots=True)
class _Language:
    spelling: dict[str, str]
    severe: Phrases
    harmless: Phrases


@dataclass(frozen=True, slots=True)
class SevereTables:
    """The compiled tables of every language; made by `load_severe`."""

    languages: tuple[_Language, ...]


@cache
def load_severe(folder: Path | None = None) -> SevereTables:
    """Reads and compiles the packaged tables, with those of the operator's folder added.

    Raises:
        OperatorError: a line cannot be used; it names file, line and mend.
    """
    return SevereTables(tuple(_compile(table) for table in read_tables("severe", SECTIONS, folder)))


def is_severe(text: str, tables: SevereTables) -> bool:
    """Whether a problem is severe by its words; a harmless phrase that ends with a severe one, or later, undoes it."""
    tokens = fold(text)
    return any(_is_severe(tokens, language) for language in tables.languages)


def _compile(table: Table) -> _Language:
    severe, harmless = (Phrases(table, {name: table.lines(name)}) for name in ("severe", "harmless"))
    return _Language(table.spelling, severe, harmless)


def _is_severe(tokens: list[str], language: _Language) -> bool:
    said = respell(tokens, language.spelling)
    finds = list(language.severe.find(said))
    harmless: list[Find] = list(language.harmless.find(said)) if finds else []
    return any(not any(idiom.covers_end(find) for idiom in harmless) for find in finds)
