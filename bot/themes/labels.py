"""Names themes by class-based TF-IDF: the words that many of a theme's texts have, and few of the others.

Each theme is one class. A term's weight is the share of the theme's texts that have it, times log(1 + A / f), where f
is how many texts of all classes have it, and A how many texts a class has on average (Grootendorst 2022, with texts
counted instead of occurrences, so that one who repeats a word does not name the theme).
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.language.text.comparison.opposites import NEGATIONS
from bot.language.text.normalise import fold
from bot.language.text.stems import forms
from bot.language.text.words import Word
from bot.recognition.contacts import mask

LONGEST = 3
"""Words of a term at most."""
FEWEST = 2
"""Texts that have a term at least: the words of one alone would name its author to those who know."""
SHARE = 0.3
"""The share of the best word's texts that a phrase must have to be preferred to it."""
SECOND = 0.4
"""The share of the first term's weight from which a second one is named, too, if it is in `SHARE` of the texts."""
JOINTS = frozenset(["of", "for", "to", "de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "aux", "en"])
"""Small words that may stand inside a phrase, as in "points de retrait"."""
_TOKEN = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*|[.!?…:;,()«»\"“”\n]")
_TERM = tuple[str, ...]
_LINK = re.compile(r"\S*(?:://|www\.|@|…@…)\S*|<[^>\s]*>|•+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it was written, and what it is compared by.

    Attributes:
        small: whether it says little by itself.
        name: whether it may be somebody's name: it has a capital inside a sentence.
    """

    text: str
    key: str
    small: bool
    name: bool


def label(texts: Sequence[str], classes: Mapping[str, int], size: float, names: Collection[str] = ()) -> str:
    """The words that name a theme, as people write them; empty when its texts share none.

    Args:
        texts: of the theme.
        classes: by term, how many texts of all themes have it: see `count`.
        size: how many texts a theme has on average.
        names: of people, which name no theme.
    """
    people = {key for name in names for key in _keys(name)}
    written: dict[_TERM, Counter[str]] = {}
    frequency: Counter[_TERM] = Counter()
    named: Counter[_TERM] = Counter()
    for text in texts:
        found = _terms(text)
        frequency.update(found.keys())
        for term, (surface, name) in found.items():
            written.setdefault(term, Counter())[surface] += 1
            named[term] += name
    weights = {
        term: count / len(texts) * math.log(1 + size / max(classes.get(" ".join(term), 0), count)) * len(term) ** 0.5
        for term, count in frequency.items()
        if count >= FEWEST and named[term] * 2 <= count and not people & set(term)
    }
    chosen = list(_choose(weights, frequency, SHARE * len(texts)))
    return _sentence(", ".join(_usual(written[term]) for term in chosen))


def count(texts: Sequence[str]) -> Counter[str]:
    """By term, how many texts have it."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(" ".join(term) for term in _terms(text))
    return found


def _choose(weights: Mapping[_TERM, float], frequency: Mapping[_TERM, int], least: float) -> Iterator[_TERM]:
    """The best term, and the next one that shares no word with it if it weighs nearly as much.

    Args:
        least: how many texts the second one must be in.
    """
    ranked = sorted(weights, key=lambda term: (-weights[term], term))
    if not ranked:
        return
    first = _lengthen(ranked[0], ranked, frequency)
    yield first
    others = (term for term in ranked if frequency[term] >= least and not set(term) & set(first))
    second = next(others, None)
    if second is not None and weights[second] >= SECOND * weights[ranked[0]] and len(first) < LONGEST:
        longer = _lengthen(second, ranked, frequency)
        yield second if set(longer) & set(first) else longer


def _lengthen(term: _TERM, ranked: Sequence[_TERM], frequency: Mapping[_TERM, int]) -> _TERM:
    """The longest phrase with all words of a term that enough of its texts have."""
    least = max(FEWEST, SHARE * frequency[term])
    longer = [one for one in ranked if set(term) < set(one) and frequency[one] >= least]
    return max(longer, key=lambda one: (frequency[one] * len(one), one)) if longer else term


def _terms(text: str) -> dict[_TERM, tuple[str, bool]]:
    """The terms of a text, each as it was written first, and whether a word of it may be a name."""
    found: dict[_TERM, tuple[str, bool]] = {}
    for part in _parts(mask(text)):
        for start in range(len(part)):
            for end in range(start + 1, min(start + LONGEST, len(part)) + 1):
                words = part[start:end]
                if _stands(words):
                    key = tuple(word.key for word in words)
                    found.setdefault(key, (" ".join(word.text for word in words), any(word.name for word in words)))
    return found


def _stands(words: Sequence[Token]) -> bool:
    """Whether words stand for themselves: the first and the last say something, and others only join them."""
    inside = (word.small and fold(word.text) not in JOINTS for word in words[1:-1])
    return not (words[0].small or words[-1].small or any(inside))


def _parts(text: str) -> Iterator[list[Token]]:
    """The words of a text, in parts without marks between them."""
    part: list[Token] = []
    first = True
    for hit in _TOKEN.finditer(_LINK.sub(" . ", text).replace("’", " ").replace("'", " ")):
        if not hit[0][0].isalnum():
            yield part
            part, first = [], hit[0] in ".!?…\n:"
            continue
        part.append(_token(hit[0], first=first))
        first = False
    yield part


def _token(word: str, *, first: bool) -> Token:
    folded = fold(word)
    small = len(folded) < 2 or Word(folded, frozenset()).small or folded in NEGATIONS
    shouted = word.isupper() and len(word) > 1
    return Token(word, _key(folded), small, name=word[0].isupper() and not first and not shouted)


def _key(folded: str) -> str:
    return min(forms(folded), key=lambda form: (len(form), form))


def _keys(name: str) -> Iterator[str]:
    return (_key(fold(hit[0])) for hit in _TOKEN.finditer(name) if hit[0][0].isalnum())


def _usual(written: Counter[str]) -> str:
    """A term as it is written most often, in lower case unless it is written in capitals."""
    best = max(written, key=lambda surface: (written[surface], surface))
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in best.split())


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
