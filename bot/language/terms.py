"""Texts as vectors: character n-grams and stemmed words, each kind with half the weight, by TF-IDF.

It is what scikit-learn's `TfidfVectorizer(sublinear_tf=True)` gives, with the unseen weighed besides; numpy and
scipy.sparse do without the 64 MiB of its import.
"""

import math
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import snowballstemmer
from scipy.sparse import csr_matrix

WORD = re.compile(r"\w+")
STEMS_KEPT = 50_000
SMALL = 100
"""Texts: fewer cannot tell what is rare, and a word they do not have would weigh too little."""
SHORTEST, LONGEST = 3, 5
"""Characters of an n-gram."""
_STEMMERS = {"en": "english", "fr": "french"}


class Terms:
    """The vector space of some texts.

    Args:
        texts: normalised, each with at least one word.
        languages: whose stems to use; every word counts under each language's stem.

    Attributes:
        rows: the texts' vectors, one a row, each of length 1.
    """

    def __init__(self, texts: Sequence[str], languages: tuple[str, ...]) -> None:
        self._kinds = tuple(_Kind(analyse, texts) for analyse in (_pieces, _stems(languages)))
        self.rows: Any = self.vectors(texts)

    def vectors(self, texts: Sequence[str]) -> Any:
        """The normalised texts' vectors, one a row, shorter than 1 by what the vector space has no terms for.

        TF-IDF leaves out what it never saw, as if `i love sunshine mountain` were about mountains alone. With the
        unseen at the weight of the rarest term, the product with a row is the cosine of the whole question: on
        CLINC150 this halves the answers given to questions out of scope at the same number of right ones.
        """
        positions, weights, ends = array("i"), array("d"), array("i", [0])
        for text in texts:
            first = 0
            for kind in self._kinds:
                for position, weight in kind.weigh(text):
                    positions.append(first + position)
                    weights.append(weight * math.sqrt(0.5))
                first += kind.size
            ends.append(len(positions))
        rows = csr_matrix((np.array(weights), np.array(positions), np.array(ends)), shape=(len(texts), first))
        rows.sort_indices()
        return rows


class _Kind:
    """One kind of terms: where each is and how much it weighs."""

    def __init__(self, analyse: Callable[[str], Iterable[str]], texts: Sequence[str]) -> None:
        self._analyse = analyse
        holding = Counter(term for text in texts for term in set(analyse(text)))
        self.size = len(holding)
        self._known = {term: (at, _rarity(holding[term], len(texts))) for at, term in enumerate(sorted(holding))}
        self._unseen = (-1, max(_rarity(min(holding.values()), len(texts)), 1 + math.log((1 + SMALL) / 2)))

    def weigh(self, text: str) -> Iterator[tuple[int, float]]:
        """The known terms' positions and weights; with those of the unseen their squares add up to 1."""
        found = [
            (at, (1 + math.log(times)) * rarity)
            for term, times in Counter(self._analyse(text)).items()
            for at, rarity in (self._known.get(term, self._unseen),)
        ]
        length = math.hypot(*(weight for _, weight in found))
        return ((at, weight / length) for at, weight in found if at >= 0)


def _rarity(holding: int, texts: int) -> float:
    """A term's weight: the more, the fewer of the texts hold it."""
    return 1 + math.log((1 + texts) / (1 + holding))


def _pieces(text: str) -> Iterator[str]:
    """The n-grams of each word with a space before and after; one for a word that is shorter."""
    for word in text.split():
        padded = f" {word} "
        for size in range(SHORTEST, min(LONGEST, len(padded)) + 1):
            yield from (padded[start : start + size] for start in range(len(padded) - size + 1))


def _stems(languages: tuple[str, ...]) -> Callable[[str], list[str]]:
    stemmers = [snowballstemmer.stemmer(_STEMMERS[language]) for language in languages if language in _STEMMERS]

    @lru_cache(STEMS_KEPT)
    def stems(word: str) -> tuple[str, ...]:
        return tuple(f"{number}{stemmer.stemWord(word)}" for number, stemmer in enumerate(stemmers)) or (word,)

    def analyse(text: str) -> list[str]:
        return [stem for word in WORD.findall(text) for stem in stems(word)]

    return analyse
