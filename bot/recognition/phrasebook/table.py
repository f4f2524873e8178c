"""Reads the tables of phrases: text files that a community can edit (the format: `tables/README.md`)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import ascii_lowercase

from bot.errors import OperatorError
from bot.recognition.phrasebook.words import END, fold
from storage.values import frozen

PACKAGED = Path(__file__).parents[1] / "tables"
_HEADING = re.compile(r"\[(.+)\]")
_LIST = re.compile(r"[,\s]+")
LONG = 8
"""The fewest letters of a word that is recognised with one of them wrong."""


@frozen
class Line:
    """A line of a table, with its place."""

    text: str
    file: Path
    number: int

    def error(self, mend: str) -> OperatorError:
        """The error for an unusable line; `mend` says what to write instead."""
        return OperatorError(f"{self.file}, line {self.number}: “{self.text}”. {mend}")


@dataclass(frozen=True)
class Table:
    """The lines of one language, by section."""

    sections: Mapping[str, list[Line]]

    def lines(self, section: str) -> list[Line]:
        """The lines of a section; none when the table lacks it."""
        return self.sections.get(section, [])

    def words(self, section: str) -> frozenset[str]:
        """The folded words of a section that is a list of words."""
        return frozenset(word for line in self.lines(section) for word in fold(line.text) if word != END)

    @cached_property
    def groups(self) -> dict[str, list[Line]]:
        """The phrases that `<name>` stands for, by name."""
        groups: dict[str, list[Line]] = {}
        for line, name, value in self._definitions("groups"):
            phrases = [part.strip() for part in value.split(",") if part.strip()]
            groups.setdefault(name.strip(), []).extend(Line(part, line.file, line.number) for part in phrases)
        return groups

    @cached_property
    def spelling(self) -> dict[str, str]:
        """By word, what it is read as: from misspellings of listed words, words left out (as empty), and spellings."""
        spelling = {slip: word for word in self.words("typos") for slip in _misspellings(word)}
        spelling |= {word: word for word in self.words("typos")}
        spelling |= dict.fromkeys(self.words("passed over"), "")
        for _, names, value in self._definitions("spelling"):
            read_as = " ".join(fold(value))
            spelling |= dict.fromkeys((" ".join(fold(name)) for name in _LIST.split(names.strip())), read_as)
        return spelling

    def _definitions(self, section: str) -> Iterator[tuple[Line, str, str]]:
        for line in self.lines(section):
            name, equals, value = line.text.partition("=")
            if not equals or not name.strip():
                raise line.error(f"In [{section}] write: name = words.")
            yield line, name, value


def read_tables(name: str, sections: frozenset[str], folder: Path | None = None) -> list[Table]:
    """One table per language: the packaged `NAME.LANGUAGE.txt` with the lines of the operator's file added.

    Args:
        name: which tables, such as `danger`.
        sections: the sections such a table may have.
        folder: the operator's tables; files of a language that is not packaged count as well.

    Raises:
        OperatorError: the folder is missing, a file is no UTF-8 text, or a line is not understood.
    """
    if folder is not None and not folder.is_dir():
        raise OperatorError(f"There is no folder {folder} with tables of phrases. Create it, or remove the setting.")
    languages: dict[str, dict[str, list[Line]]] = {}
    for place in filter(None, (PACKAGED, folder)):
        for file in sorted(place.glob(f"{name}.*.txt")):
            merged = languages.setdefault(file.name.removeprefix(f"{name}.").removesuffix(".txt"), {})
            for section, line in _read_file(file, sections):
                merged.setdefault(section, []).append(line)
    return [Table(merged) for merged in languages.values()]


def _read_file(file: Path, sections: frozenset[str]) -> Iterator[tuple[str, Line]]:
    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(f"{file} cannot be read as UTF-8 text ({error}). Save it as UTF-8.") from error
    section = ""
    for number, text in enumerate(content.splitlines(), start=1):
        line = Line(text.partition("#")[0].strip(), file, number)
        heading = _HEADING.fullmatch(line.text)
        if heading:
            section = heading[1].strip().lower()
            if section not in sections:
                raise line.error(f"Its sections are: {', '.join(f'[{known}]' for known in sorted(sections))}.")
        elif line.text:
            if not section:
                raise line.error("Write a heading such as [harmless] above the first phrase.")
            yield section, line


def _misspellings(word: str) -> Iterator[str]:
    """The misspellings of a word: with a letter missing, doubled, or swapped with the next, or wrong if it is long.

    A wrong letter in a shorter word makes it another word: *menage* for *menace*.
    """
    letters = ascii_lowercase if len(word) >= LONG else ""
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
        yield from (word[:at] + letter + word[at + 1 :] for letter in letters)
