"""Recognises a complaint about a moderator or the team, so that it does not go to the people it is about."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.recognition.phrasebook.phrases import Find, Phrases
from bot.recognition.phrasebook.table import Table, read_tables
from bot.recognition.phrasebook.words import fold, respell

SECTIONS = frozenset({"spelling", "passed over", "typos", "groups", "about", "harmless"})
NAME_WORD = "moderatorsname"
"""What a moderator's name is replaced with; the tables know this word."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text says of the people who run the place.

    Attributes:
        is_team: whether it is about a moderator or the team.
        names: the given names that it contains, whatever it says about them.
    """

    is_team: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Language:
    spelling: dict[str, str]
    about: Phrases
    harmless: Phrases


@dataclass(frozen=True, slots=True)
class SubjectTables:
    """The compiled tables of every language; made by `load_subjects`."""

    languages: tuple[_Language, ...]


@cache
def load_subjects(folder: Path | None = None) -> SubjectTables:
    """Reads and compiles the packaged tables, with those of the operator's folder added (0.1 s, once a process).

    Raises:
        OperatorError: a line cannot be used; it names file, line and mend.
    """
    tables = read_tables("subject", SECTIONS, folder)
    return SubjectTables(tuple(_compile(table) for table in tables))


def subject(text: str, tables: SubjectTables, names: Collection[str] = ()) -> Subject:
    """Whether a text is about a moderator or the team, and which of the moderators' names it contains."""
    said, found = _replace_names(fold(text), names)
    return Subject(any(_is_about(said, language) for language in tables.languages), found)


def _compile(table: Table) -> _Language:
    lines = {section: table.lines(section) for section in ("about", "harmless")}
    return _Language(table.spelling, *(Phrases(table, {section: found}) for section, found in lines.items()))


def _replace_names(tokens: list[str], names: Collection[str]) -> tuple[list[str], tuple[str, ...]]:
    """The words with one word for each name in them, and the names found, those inside a longer one too."""
    if not names:
        return tokens, ()
    said = respell(tokens, {})
    folded = {name: respell(fold(name), {}) for name in names}
    found = {name: words for name, words in folded.items() if words.strip() and words in said}
    for words in sorted(found.values(), key=len, reverse=True):
        said = said.replace(words, f" {NAME_WORD} ")
    return said.split(), tuple(found)


def _is_about(tokens: list[str], language: _Language) -> bool:
    said = respell(tokens, language.spelling)
    finds = list(language.about.find(said))
    harmless: list[Find] = list(language.harmless.find(said)) if finds else []
    return any(not any(idiom.covers_end(find) for idiom in harmless) for find in finds)
