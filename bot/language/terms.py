"""Texts as vectors: character n-grams and stemmed words, each kind with half the weight, by TF-IDF."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import snowballstemmer
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

WORD = re.compile(r"\w+")
STEMS_KEPT = 50_000
SMALL = 100
"""Texts: fewer cannot tell what is rare, and a word they do not have would weigh too little."""
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
        vectorizers = (
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
            TfidfVectorizer(analyzer=_stems(languages), sublinear_tf=True),
        )
        self.rows: Any = hstack([found.fit_transform(texts) * math.sqrt(0.5) for found in vectorizers]).tocsr()
        self._kinds = tuple(_Kind(vectorizer) for vectorizer in vectorizers)

    def vectors(self, questions: Sequence[str]) -> Any:
        """The normalised questions' vectors, one a row, shorter than 1 by what the texts have no terms for.

        TF-IDF leaves out what it never saw, as if `i love sunshine mountain` were about mountains alone. With the
        unseen at the weight of the rarest term, the product with a row is the cosine of the whole question: on
        CLINC150 this halves the answers given to questions out of scope at the same number of right ones.
        """
        positions: list[int] = []
        weights: list[float] = []
        ends = [0]
        for question in questions:
            first = 0
            for kind in self._kinds:
                for position, weight in kind.weigh(question):
                    positions.append(first + position)
                    weights.append(weight * math.sqrt(0.5))
                first += kind.size
            ends.append(len(positions))
        return csr_matrix((weights, positions, ends), shape=(len(questions), self.rows.shape[1]))


class _Kind:
    """One kind of terms: where each is and how much it weighs."""

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self.size = len(vectorizer.vocabulary_)
        self._analyse: Callable[[str], list[str]] = vectorizer.build_analyzer()
        self._known = {term: (at, float(vectorizer.idf_[at])) for term, at in vectorizer.vocabulary_.items()}
        self._unseen = (-1, max(float(vectorizer.idf_.max()), 1 + math.log((1 + SMALL) / 2)))

    def weigh(self, question: str) -> Iterator[tuple[int, float]]:
        """The known terms' positions and weights; with those of the unseen their squares add up to 1."""
        found = [
            (at, (1 + math.log(times)) * rarity)
            for term, times in Counter(self._analyse(question)).items()
            for at, rarity in (self._known.get(term, self._unseen),)
        ]
        length = math.hypot(*(weight for _, weight in found))
        return ((at, weight / length) for at, weight in found if at >= 0)


def _stems(languages: tuple[str, ...]) -> Callable[[str], list[str]]:
    stemmers = [snowballstemmer.stemmer(_STEMMERS[language]) for language in languages if language in _STEMMERS]

    @lru_cache(STEMS_KEPT)
    def stems(word: str) -> tuple[str, ...]:
        return tuple(f"{number}{stemmer.stemWord(word)}" for number, stemmer in enumerate(stemmers)) or (word,)

    def analyse(text: str) -> list[str]:
        return [stem for word in WORD.findall(text) for stem in stems(word)]

    return analyse
