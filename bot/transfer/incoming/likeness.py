"""Finds nearly equal ideas within a file."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.transfer.incoming.identity import same_words
from storage.values import frozen

MOST = 1_500
"""The most ideas that are compared with each other, which takes two seconds."""
ALIKE = 88
"""The least similarity, from 0 to 100, of two texts that may be duplicates."""
LOOKED_AT = 200
"""The number of first characters that are compared."""
SAME = 35
"""The least similarity, from 0 to 100, of two versions of one idea with the same id."""
BEGINNING = 600
"""The number of first characters of two texts with one id that are compared."""


@frozen
class Pair:
    """The indexes of two similar texts, and their similarity, from 0 to 100."""

    first: int
    second: int
    likeness: int


def alike(one: str, other: str) -> bool:
    """Whether two texts with the same id are versions of one idea."""
    if one == other:
        return True
    return fuzz.token_set_ratio(one[:BEGINNING].casefold(), other[:BEGINNING].casefold()) >= SAME


def pairs(texts: Sequence[str]) -> list[Pair]:
    """The pairs of nearly equal texts among the first `MOST`, the most similar first; the team may join them."""
    plain = [same_words(text)[:LOOKED_AT] for text in texts[:MOST]]
    scores = process.cdist(plain, plain, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    found = [Pair(int(one), int(other), int(scores[one, other])) for one, other in zip(*scores.nonzero(), strict=True)]
    return sorted((pair for pair in found if pair.first < pair.second), key=lambda pair: -pair.likeness)
