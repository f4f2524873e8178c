"""Finds the terms of a theme's texts: words and short phrases, in normal form to count and as written to show."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.themes.naming.tokens import Text, Token

LONGEST = 3
"""The most words of a term."""
JOINTS = frozenset(["of", "for", "to", "de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "aux", "en"])
"""Function words that may be inside a phrase, as in "points de retrait"."""
Term = tuple[str, ...]


@dataclass(slots=True)
class Found:
    """The terms of a theme that are not names: by term, the number of texts that have it, and how it is written."""

    texts: Counter[Term] = field(default_factory=Counter)
    written: dict[Term, Counter[str]] = field(default_factory=dict)


def mark(text: Text, people: Collection[str]) -> Text:
    """The words of a text, with those marked as names whose keys are in `people`."""
    return [[replace(token, name=True) if token.key in people else token for token in part] for part in text]


def find(texts: Sequence[Text], *, fillers: bool) -> Found:
    """The terms of texts, without names.

    Args:
        fillers: whether words that any theme may have are terms, too.
    """
    found, named = Found(), Counter[Term]()
    for text in texts:
        seen = set()
        for words in terms(text, fillers=fillers):
            term = tuple([word.key for word in words])
            found.written.setdefault(term, Counter())[" ".join([word.text for word in words]).replace("’ ", "’")] += 1
            if term not in seen:
                seen.add(term)
                found.texts[term] += 1
                named[term] += any(word.name for word in words)
    for term in [term for term in found.texts if named[term] * 2 > found.texts[term]]:
        del found.texts[term]
    return found


def terms(text: Text, *, fillers: bool) -> Iterator[Sequence[Token]]:
    """The terms of a text, each as its words. The first and the last word of a term are content words."""
    for part in text:
        for start, first in enumerate(part):
            if first.small:
                continue
            for end in range(start, min(start + LONGEST, len(part))):
                last = part[end]
                if (last.filler and not fillers) or (last.small and last.folded not in JOINTS):
                    break
                if not last.small:
                    yield part[start : end + 1]


def write(written: Counter[str]) -> str:
    """A term as it is written most often, in lower case except for words in capitals."""
    return lower_unless_capitals(max(written, key=lambda surface: (written[surface], surface)))


def lower_unless_capitals(words: str) -> str:
    """Words in lower case, except for those in capitals."""
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words.split())
