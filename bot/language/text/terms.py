"""Turns texts into TF-IDF vectors of character n-grams and stemmed words, each with half of the weight.

The vectors are those of scikit-learn's `TfidfVectorizer(sublinear_tf=True)`, except that unseen terms count towards
the length. Numpy and scipy.sparse alone save the 64 MiB of importing it.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack

from bot.language.arrays import Array
from bot.language.text.counting import Counts, count
from bot.language.text.splitting import WORD, stem_tokeniser, word_ngrams

SMALL_CORPUS = 100
"""An unseen term weighs at least as much as a term that one of this many texts has."""


class Terms:
    """The vector space of some texts.

    Args:
        texts: normalised, each with at least one word.
        languages: whose stemmers to use; every word counts under each language's stem.

    Attributes:
        rows: the texts' vectors as a sparse matrix, one a row, each of length 1.
        tokenise: gives the stems of a normalised text's words in each of the languages.
    """

    def __init__(self, texts: Sequence[str], languages: tuple[str, ...]) -> None:
        self.tokenise = stem_tokeniser(languages)
        self._vocabularies = (
            _Vocabulary(texts, str.split, word_ngrams),
            _Vocabulary(texts, WORD.findall, self.tokenise),
        )
        self.rows: Any = hstack([one.take_rows() for one in self._vocabularies], format="csr") * math.sqrt(0.5)

    def vectors(self, texts: Sequence[str]) -> Any:
        """The vectors of normalised texts, as a sparse matrix, one a row; shorter than 1 for a text with unseen terms.

        Plain TF-IDF ignores unseen terms, so that `i love sunshine mountain` would equal `mountain`. Here they count
        towards the length with the weight of the rarest term, so that the product with a row of `rows` is the cosine
        similarity of the whole text: on CLINC150 this halves the false answers at the same number of right ones.
        """
        rows = [vocabulary.vectors(texts) for vocabulary in self._vocabularies]
        return hstack(rows, format="csr") * math.sqrt(0.5)


class _Vocabulary:
    """The terms of one tokeniser, each with its column and its inverse document frequency."""

    def __init__(
        self, texts: Sequence[str], split: Callable[[str], list[str]], expand: Callable[[str], Iterable[str]]
    ) -> None:
        self._split, self._expand = split, expand
        found = count(texts, split, expand)
        self.size = len(found.terms)
        frequency = np.bincount(found.columns, minlength=self.size)
        weights = 1 + np.log((1 + len(texts)) / (1 + frequency))
        self._known = dict(zip(found.terms, enumerate(weights.tolist()), strict=True))
        self._unseen = (-1, max(float(weights.max()), 1 + math.log((1 + SMALL_CORPUS) / 2)))
        self._rows: Any = _rows(found, weights, len(texts))

    def take_rows(self) -> Any:
        """Return the vectors of the texts it was made of, and drop them."""
        found, self._rows = self._rows, None
        return found

    def vectors(self, texts: Sequence[str]) -> Any:
        """The vectors of texts; with unseen terms, the squares of all weights of a text would add up to 1."""
        found = [list(self._weigh(text)) for text in texts]
        ends = np.cumsum([0, *map(len, found)])
        pairs = np.array([pair for row in found for pair in row], float).reshape(-1, 2)
        return csr_matrix((pairs[:, 1], pairs[:, 0].astype(int), ends), shape=(len(texts), self.size))

    def _weigh(self, text: str) -> Iterator[tuple[int, float]]:
        """The columns and weights of a text's known terms."""
        counts = Counter(term for word in self._split(text) for term in self._expand(word))
        found = [
            (at, (1 + math.log(times)) * idf)
            for term, times in counts.items()
            for at, idf in (self._known.get(term, self._unseen),)
        ]
        length = math.hypot(*(weight for _, weight in found))
        return ((at, weight / length) for at, weight in found if at >= 0)


def _rows(found: Counts, idf: Array, total: int) -> Any:
    """The vectors of counted texts, each of length 1."""
    weights = (1 + np.log(found.times)) * idf[found.columns]
    length = np.sqrt(np.bincount(found.owners, weights**2, total))
    return csr_matrix((weights / length[found.owners], (found.owners, found.columns)), shape=(total, len(idf)))
