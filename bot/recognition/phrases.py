"""Finds the phrases of a table in a text."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.recognition.grammar import Slot, alternatives, firsts, read_phrase
from bot.recognition.table import Line, Table


@dataclass(frozen=True, slots=True)
class Find:
    """A phrase found in a text: its section, and where it begins and ends."""

    section: str
    start: int
    end: int

    def covers_end(self, other: "Find") -> bool:
        """Whether this find overlaps another and ends with it or later."""
        return self.start < other.end <= self.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class _Phrase:
    section: str
    slots: list[Slot]


class Phrases:
    """Phrases, compiled into one expression for each set of phrases that begin with the same word.

    A word of a text is looked up first, so that most words cost no regular expression at all.

    Args:
        table: whose groups and spelling the phrases use.
        sections: the lines of the phrases, by section; where phrases begin together, the first section is found.

    Raises:
        OperatorError: a phrase is not understood.
    """

    def __init__(self, table: Table, sections: Mapping[str, Sequence[Line]]) -> None:
        phrases = [_Phrase(section, read_phrase(line, table)) for section, lines in sections.items() for line in lines]
        starts: defaultdict[str, set[int]] = defaultdict(set)
        for number, phrase in enumerate(phrases):
            for word in firsts(phrase.slots):
                starts[word].add(number)
        self._sections: list[str] = list(sections)
        compiled: dict[frozenset[int], re.Pattern[str]] = {}
        self._words: dict[str, re.Pattern[str]] = {}
        for word in starts:
            numbers = frozenset().union(*(starts[key] for key in _keys(word) if key in starts))
            if numbers not in compiled:
                compiled[numbers] = self._compile([phrases[number] for number in sorted(numbers)])
            self._words[word] = compiled[numbers]
        self._lengths = sorted({len(word) - 1 for word in starts if word.endswith("*")}, reverse=True)

    def find(self, text: str) -> Iterator[Find]:
        """The phrases in a respelled text, at most one from each word on, in the order of the text."""
        at = 0
        for word in text.split():
            pattern = self._words.get(word) or self._by_beginning(word)
            match = pattern.match(text, at) if pattern else None
            if match:
                yield Find(self._sections[(match.lastindex or 1) - 1], at, match.end())
            at += len(word) + 1

    def _by_beginning(self, word: str) -> re.Pattern[str] | None:
        return next((self._words[key] for length in self._lengths if (key := f"{word[:length]}*") in self._words), None)

    def _compile(self, phrases: list[_Phrase]) -> re.Pattern[str]:
        groups = (
            alternatives(phrase.slots for phrase in phrases if phrase.section == section) for section in self._sections
        )
        return re.compile(rf"(?:{'|'.join(f'({group})' if group else '((?!))' for group in groups)})(?= )")


def _keys(word: str) -> Iterator[str]:
    """The word itself, and every beginning that it begins with."""
    yield word
    plain = word.removesuffix("*")
    for length in range(1, len(plain) + 1):
        yield f"{plain[:length]}*"
