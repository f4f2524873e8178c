"""Finds the answers to questions among the phrasings the team wrote, each with one calibrated confidence."""

from collections.abc import Sequence

import numpy as np

from bot.language import FEWEST_PHRASINGS
from bot.language.candidate import Candidate
from bot.language.confidence import DEFAULT, Confidence, fit
from bot.language.evidence import Array
from bot.language.normalise import normalise
from bot.language.ranking import Ranking
from bot.language.rehearsal import Reliability, rehearse, reliability
from bot.language.terms import WORD, Terms

FEWEST_ANSWERS = 10
FEWEST_REHEARSED = 100
"""Phrasings: fewer cannot tell how far to trust what is found."""
MOST_WEIGHTS = 10_000_000
"""Of a head, answers times terms: 16 million took a minute to train and 230 MiB."""
BATCH = 256


class LexicalIndex:
    """Finds the answers whose phrasings are most like a question.

    Args:
        phrasings: pairs of an answer's id and one way of asking for it.
        languages: whose stems to use; every word counts under each language's stem.

    Attributes:
        confidence: the model its scores are from: the knowledge's own where it has enough phrasings.
        reliability: what a rehearsal on held-out phrasings showed, or None where there are too few.
    """

    def __init__(self, phrasings: Sequence[tuple[int, str]], languages: tuple[str, ...]) -> None:
        asked = [(answer_id, plain) for answer_id, text in phrasings if WORD.search(plain := normalise(text))]
        self.confidence: Confidence = DEFAULT
        self.reliability: Reliability | None = None
        self._ids: list[int] = []
        if asked:
            self._build([answer_id for answer_id, _ in asked], Terms([plain for _, plain in asked], languages))

    def _build(self, owners: list[int], terms: Terms) -> None:
        ids, answers = np.unique(owners, return_inverse=True)
        self._ids, self._terms = ids.tolist(), terms
        trained = _enough(terms, answers)
        self._ranking = Ranking(terms.rows, answers, trained=trained)
        if trained:
            rehearsed = rehearse(terms.rows, answers)
            self.confidence = fit(rehearsed)
            self.reliability = reliability(rehearsed, self.confidence)

    def search(self, question: str, most: int = 10) -> list[Candidate]:
        """The best answers to one question, the best first."""
        return self.search_many([question], most)[0]

    def search_many(self, questions: Sequence[str], most: int = 10) -> list[list[Candidate]]:
        """The best answers to each question, the best first; far quicker than one question at a time."""
        if not self._ids:
            return [[] for _ in questions]
        return [
            found
            for start in range(0, len(questions), BATCH)
            for found in self._batch(questions[start : start + BATCH], most)
        ]

    def _batch(self, questions: Sequence[str], most: int) -> list[list[Candidate]]:
        evidence = self._ranking.compare(self._terms.vectors([normalise(question) for question in questions]))
        confidence = np.where(evidence.similarity > 0, self.confidence.of(evidence), 0)
        best = np.argsort(-confidence, axis=1, kind="stable")[:, :most]
        return [
            [Candidate(self._ids[column], float(row[column])) for column in columns if row[column] > 0]
            for row, columns in zip(confidence, best, strict=True)
        ]


def _enough(terms: Terms, answers: Array) -> bool:
    """Whether there are enough phrasings to train a head and to rehearse, and not too many answers."""
    total = int(answers.max()) + 1
    return (
        total >= FEWEST_ANSWERS
        and len(answers) >= max(FEWEST_PHRASINGS * total, FEWEST_REHEARSED)
        and total * terms.rows.shape[1] <= MOST_WEIGHTS
    )
