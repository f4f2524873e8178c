"""Finds ideas of a file that say nearly the same."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.transfer.incoming.identity import same_words
from storage.values import frozen

MOST = 1_500
"""Ideas that are compared with each other, which takes two seconds."""
ALIKE = 88
"""How alike two texts are at least, out of 100, that may say the same."""
LOOKED_AT = 200
"""Characters of each that are compared."""
SAME = 35
"""How alike two texts with one id are at least, out of 100: an edited idea is, another tool's is not."""
BEGINNING = 600
"""Characters of two texts with one id that are compared."""


@frozen
class Pair:
    """Two texts that are alike, by their places, and how much, out of 100."""

    first: int
    second: int
    likeness: int


def alike(one: str, other: str) -> bool:
    """Whether two texts with one id are of one idea."""
    if one == other:
        return True
    return fuzz.token_set_ratio(one[:BEGINNING].casefold(), other[:BEGINNING].casefold()) >= SAME


def pairs(texts: Sequence[str]) -> list[Pair]:
    """The pairs among the first texts that say nearly the same, the most alike first.

    Joining them is left to the team: this only tells which ones to look at.
    """
    plain = [same_words(text)[:LOOKED_AT] for text in texts[:MOST]]
    scores = process.cdist(plain, plain, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    found = [Pair(int(one), int(other), int(scores[one, other])) for one, other in zip(*scores.nonzero(), strict=True)]
    return sorted((pair for pair in found if pair.first < pair.second), key=lambda pair: -pair.likeness)
