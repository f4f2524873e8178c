"""Recognises a complaint about a moderator or the team, so that it does not go to the people it is about."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

from bot.recognition.phrasebook.guarded import HARMLESS, Guarded, guard
from bot.recognition.phrasebook.table import read_tables
from bot.recognition.phrasebook.words import fold, respell
from storage.values import frozen

ABOUT, MENTIONED = "about", "mentioned"
SECTIONS = frozenset({"spelling", "passed over", "typos", "groups", ABOUT, MENTIONED, HARMLESS})
NAME_WORD = "moderatorsname"
"""The word that replaces a moderator's name; the tables use it."""


@frozen
class Subject:
    """Whether a text is about the people who run the community, and whom of them it names.

    Attributes:
        is_team: whether it is about a moderator or the team.
        names: those of the given names that it contains.
    """

    is_team: bool
    names: tuple[str, ...]


@frozen
class SubjectTables:
    """The compiled tables of every language; made by `load_subjects`."""

    languages: tuple[Guarded, ...]


@cache
def load_subjects(folder: Path | None = None) -> SubjectTables:
    """Reads and compiles the packaged tables, with those of the operator's folder added (0.1 s, once a process).

    Raises:
        OperatorError: a line cannot be used; it names file, line and mend.
    """
    return SubjectTables(tuple(guard(table, (ABOUT, MENTIONED)) for table in read_tables("subject", SECTIONS, folder)))


def subject(text: str, tables: SubjectTables, names: Collection[str] = (), *, problem: bool = False) -> Subject:
    """Whether a text is about a moderator or the team, and which of the moderators' names it contains.

    Args:
        names: display names of moderators.
        problem: whether it was filed as a problem: one that mentions a moderator is usually about them.
    """
    said, found = _replace_names(fold(text), names)
    phrases = (phrase for language in tables.languages for _, phrase in language.find(said))
    return Subject(any(problem or phrase.section == ABOUT for phrase in phrases), found)


def _replace_names(tokens: list[str], names: Collection[str]) -> tuple[list[str], tuple[str, ...]]:
    """The words, with `NAME_WORD` for each name in them, and the names found, also those inside longer ones."""
    if not names:
        return tokens, ()
    said = respell(tokens, {})
    folded = {name: respell(fold(name), {}) for name in names}
    found = {name: words for name, words in folded.items() if words.strip() and words in said}
    for words in sorted(found.values(), key=len, reverse=True):
        said = said.replace(words, f" {NAME_WORD} ")
    return said.split(), tuple(found)
