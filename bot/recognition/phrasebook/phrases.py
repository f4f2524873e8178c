"""Finds the phrases of a table in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.recognition.phrasebook.grammar import Grammar, Slot, alternatives, firsts
from bot.recognition.phrasebook.table import Line, Table
from storage.values import frozen

MOST_WORDS = 4_000
"""The most words whose phrases are cached."""


@frozen
class Find:
    """A phrase found in a text: its section, and where it begins and ends."""

    section: str
    start: int
    end: int

    def covers_end(self, other: "Find") -> bool:
        """Whether this find overlaps another and ends with it or later."""
        return self.start < other.end <= self.end and other.start < self.end


@dataclass(frozen=True)
class _Bundle:
    """The phrases of one section that begin with the same words, as one expression, compiled at first use."""

    section: str
    expression: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.expression)


class Phrases:
    """Phrases, looked up by their first word, so that no regular expression is tried at most words of a text.

    Args:
        table: whose groups and spelling the phrases use.
        sections: the lines of the phrases, by section.

    Raises:
        OperatorError: a phrase is not understood.
    """

    def __init__(self, table: Table, sections: Mapping[str, Sequence[Line]]) -> None:
        grammar = Grammar(table)
        bundles = [
            (words, _Bundle(section, rf"{alternatives(phrases)}(?= )"))
            for section, lines in sections.items()
            for words, phrases in _by_firsts(map(grammar.read_phrase, lines)).items()
        ]
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, (words, _) in enumerate(bundles):
            for word in words:
                places[word].append(place)
        beginning = {word: {one for key in _keys(word) for one in places.get(key, ())} for word in places}
        self._bundles = {word: tuple(bundles[one][1] for one in sorted(theirs)) for word, theirs in beginning.items()}
        self._lengths = sorted({len(word) - 1 for word in places if word.endswith("*")}, reverse=True)
        # People mostly use the same few thousand words.
        self._look_up = lru_cache(MOST_WORDS)(self._bundles_of)

    def find(self, text: str) -> Iterator[Find]:
        """The phrases in a respelled text, in the order of its words."""
        at = 0
        for word in text.split():
            for bundle in self._look_up(word):
                if match := bundle.pattern.match(text, at):
                    yield Find(bundle.section, at, match.end())
            at += len(word) + 1

    def _bundles_of(self, word: str) -> tuple[_Bundle, ...]:
        """The phrases that begin with this word, else those that begin with its longest listed prefix."""
        if word in self._bundles:
            return self._bundles[word]
        for length in self._lengths:
            bundles = self._bundles.get(f"{word[:length]}*")
            if bundles:
                return bundles
        return ()


def _by_firsts(phrases: Iterable[list[Slot]]) -> dict[frozenset[str], list[list[Slot]]]:
    bundles: defaultdict[frozenset[str], list[list[Slot]]] = defaultdict(list)
    for slots in phrases:
        bundles[firsts(slots)].append(slots)
    return bundles


def _keys(word: str) -> frozenset[str]:
    """The word itself, and each of its prefixes, with `*`."""
    plain = word.removesuffix("*")
    return frozenset({word, *(f"{plain[:length]}*" for length in range(1, len(plain) + 1))})
