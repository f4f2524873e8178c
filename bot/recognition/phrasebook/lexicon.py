"""Finds the phrases of a table in a text, word by word, without case and accents."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Generic, NamedTuple, TypeVar

from bot.language.text.normalise import fold
from storage.values import frozen

V = TypeVar("V")
_WORD = re.compile(r"(?:[^\W_][̀-ͯ]*)+")
"""A run of letters and digits; accents may be characters of their own."""


class Word(NamedTuple):
    """A folded word of a text, with its start and end; a tuple, for speed, since each message has dozens of them."""

    folded: str
    start: int
    stop: int


def read_words(text: str, most: int | None = None) -> list[Word]:
    """The first `most` words of a text, or all; an apostrophe or a hyphen ends a word."""
    found = islice(_WORD.finditer(text), most)
    return [Word(_fold(word[0]), word.start(), word.end()) for word in found]


def expand(pattern: str) -> Iterator[str]:
    """All phrases that match a pattern.

    Args:
        pattern: words; `a/b` is either of two, `-` is no word, and `a_b` are two words as one alternative.
    """
    for choice in product(*(part.split("/") for part in pattern.split())):
        yield " ".join(word.replace("_", " ") for word in choice if word != "-")


def split_patterns(table: str) -> list[str]:
    """The patterns of a table, which are separated by commas."""
    return [" ".join(pattern.replace("/ ", "/").split()) for pattern in re.sub(r"/\s+", "/", table).split(",")]


class Lexicon(Generic[V]):
    """Patterns, as described at `expand`, each with a meaning.

    Args:
        meanings: by meaning, its tables; of matches of equal length with two meanings, the first one counts.
    """

    def __init__(self, meanings: Mapping[V, Iterable[str]]) -> None:
        self._by_first_word: dict[str, list[tuple[Sequence[_Slot], V]]] = {}
        for meaning, tables in meanings.items():
            for pattern in (pattern for table in tables for pattern in split_patterns(table)):
                slots = [_Slot.read(part) for part in pattern.split()]
                for word in _first_words(slots):
                    self._by_first_word.setdefault(word, []).append((slots, meaning))

    def find(self, words: Sequence[str], at: int) -> tuple[int, V] | None:
        """The longest phrase that begins at the word `at`: the index after it, and its meaning; None for none."""
        best, meant = at, None
        for slots, meaning in self._by_first_word.get(words[at], ()):
            stop = _longest(slots, words, at)
            if stop > best:
                best, meant = stop, meaning
        return None if meant is None else (best, meant)


@frozen
class _Slot:
    """One position of a pattern.

    Attributes:
        choices: by first word, the alternatives at this position.
        optional: whether there may be no word.
    """

    choices: Mapping[str, Sequence[tuple[str, ...]]]
    optional: bool

    @classmethod
    def read(cls, part: str) -> "_Slot":
        choices: dict[str, list[tuple[str, ...]]] = {}
        for choice in part.split("/"):
            words = tuple(choice.split("_"))
            choices.setdefault(words[0], []).append(words)
        optional = choices.pop("-", None) is not None
        return cls(choices, optional)


def _first_words(slots: Sequence[_Slot]) -> Iterator[str]:
    for slot in slots:
        yield from slot.choices
        if not slot.optional:
            return


def _longest(slots: Sequence[_Slot], words: Sequence[str], at: int, slot: int = 0) -> int:
    """The index after the longest match of a pattern's slots, beginning with number `slot`; -1 for no match."""
    if slot == len(slots):
        return at
    best = _longest(slots, words, at, slot + 1) if slots[slot].optional else -1
    if at < len(words):
        for choice in slots[slot].choices.get(words[at], ()):
            stop = at + len(choice)
            if tuple(words[at:stop]) == choice:
                best = max(best, _longest(slots, words, stop, slot + 1))
    return best


def _fold(word: str) -> str:
    return word.lower() if word.isascii() else fold(word)
