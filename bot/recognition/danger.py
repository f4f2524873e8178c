"""Recognises words of a person in danger: suicide, self-harm, violence, abuse.

A phrase of danger counts, unless a harmless phrase overlaps it and ends with it or later (“killing me softly”), or its
section is marked “unless play” and its sentence has a word of games, stories or jokes.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path

from bot.recognition.phrasebook.guarded import HARMLESS, Guarded, guard
from bot.recognition.phrasebook.phrases import Find
from bot.recognition.phrasebook.table import Table, read_tables
from bot.recognition.phrasebook.words import END, fold
from storage.values import frozen


class Danger(StrEnum):
    """The kind of danger."""

    SUICIDE = "suicide"
    SELF_HARM = "self-harm"
    VIOLENCE = "violence"
    ABUSE = "abuse"


UNLESS_PLAY = " unless play"
_KINDS = [*Danger, *(f"{kind}{UNLESS_PLAY}" for kind in Danger)]
SECTIONS = frozenset({"spelling", "passed over", "typos", "groups", HARMLESS, "play", *_KINDS})


@frozen
class _Language:
    danger: Guarded
    play: frozenset[str]


@frozen
class DangerTables:
    """The compiled tables of every language; made by `load_danger`."""

    languages: tuple[_Language, ...]


@cache
def load_danger(folder: Path | None = None) -> DangerTables:
    """Reads and compiles the packaged tables, with those of the operator's folder added (0.1 s, once a process).

    Raises:
        OperatorError: a line cannot be used; it names file, line and mend.
    """
    return DangerTables(tuple(_compile(table) for table in read_tables("danger", SECTIONS, folder)))


def danger(text: str, tables: DangerTables) -> Danger | None:
    """The danger that the writer, or a person the text is about, may be in; None for none."""
    tokens = fold(text)
    return next(filter(None, (_danger(tokens, language) for language in tables.languages)), None)


def _compile(table: Table) -> _Language:
    return _Language(guard(table, _KINDS), table.words("play"))


def _danger(tokens: list[str], language: _Language) -> Danger | None:
    for said, found in language.danger.find(tokens):
        if not (found.section.endswith(UNLESS_PLAY) and _is_play(said, found, language.play)):
            return Danger(found.section.removesuffix(UNLESS_PLAY))
    return None


def _is_play(said: str, found: Find, play: frozenset[str]) -> bool:
    """Whether the sentence around a find has a word of play."""
    begin = said.rfind(f" {END} ", 0, found.start + 1) + 1
    finish = said.find(f" {END} ", found.end)
    return not play.isdisjoint(said[begin : finish if finish >= 0 else None].split())
