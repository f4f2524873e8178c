"""A lexical index of phrasings: the mean of character n-grams and stemmed words, both TF-IDF."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import snowballstemmer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from bot.language.candidate import Candidate
from bot.language.normalise import normalise

_WORD = re.compile(r"\w+")
_STEMMERS = {"en": "english", "fr": "french"}


class LexicalIndex:
    """Finds the answers whose phrasings share most with a question.

    Args:
        phrasings: pairs of an answer's id and one way of asking for it.
        languages: whose stems to use; every word counts under each language's stem.
    """

    def __init__(self, phrasings: Sequence[tuple[int, str]], languages: tuple[str, ...]) -> None:
        asked = [(answer_id, plain) for answer_id, text in phrasings if _WORD.search(plain := normalise(text))]
        self._answers = np.array([answer_id for answer_id, _ in asked])
        if not asked:
            return
        texts = [plain for _, plain in asked]
        self._vectorizers = (
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
            TfidfVectorizer(analyzer=_stems(languages), sublinear_tf=True),
        )
        self._matrices = tuple(normalize(vectorizer.fit_transform(texts)) for vectorizer in self._vectorizers)

    def search(self, question: str, most: int = 10) -> list[Candidate]:
        """The best answers, the best first, each answer once with its best phrasing's score."""
        if not len(self._answers):
            return []
        scores = self._score(normalise(question))
        best: dict[int, float] = {}
        for position in np.argsort(-scores, kind="stable"):
            if scores[position] <= 0 or len(best) == most:
                break
            best.setdefault(int(self._answers[position]), float(scores[position]))
        return [Candidate(answer_id, score) for answer_id, score in best.items()]

    def _score(self, question: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        parts = [
            (matrix @ vectorizer.transform([question]).T).toarray().ravel() * _known(vectorizer, question)
            for vectorizer, matrix in zip(self._vectorizers, self._matrices, strict=True)
        ]
        mean: np.ndarray[tuple[int], np.dtype[np.float64]] = np.mean(parts, axis=0)
        return mean


def _known(vectorizer: TfidfVectorizer, question: str) -> float:
    """The share of a question the knowledge has words for, from 0 to 1.

    TF-IDF leaves out what it never saw, as if `i love sunshine mountain` were about mountains alone. With the
    unseen at the weight of the rarest term, the cosine is the one of the whole question: on CLINC150 this halves
    the answers given to questions out of scope at the same number of right ones.
    """
    rarest = float(vectorizer.idf_.max())
    seen = unseen = 0.0
    for term, times in Counter(vectorizer.build_analyzer()(question)).items():
        position = vectorizer.vocabulary_.get(term)
        weight = (1 + math.log(times)) * (rarest if position is None else float(vectorizer.idf_[position]))
        seen, unseen = (seen, unseen + weight**2) if position is None else (seen + weight**2, unseen)
    return math.sqrt(seen / (seen + unseen)) if seen else 0.0


def _stems(languages: tuple[str, ...]) -> Callable[[str], list[str]]:
    stemmers = [snowballstemmer.stemmer(_STEMMERS[language]) for language in languages if language in _STEMMERS]

    def analyse(text: str) -> list[str]:
        words = _WORD.findall(text)
        if not stemmers:
            return words
        return [f"{number}{stem}" for number, stemmer in enumerate(stemmers) for stem in stemmer.stemWords(words)]

    return analyse
