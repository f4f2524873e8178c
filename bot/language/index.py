"""The search index: finds the answers to a question by the team's phrasings, each with a calibrated confidence."""

from collections.abc import Sequence

import numpy as np

from bot.language import FEWEST_PHRASINGS
from bot.language.candidate import Candidate
from bot.language.confidence import DEFAULT_MODEL, ConfidenceModel, fit
from bot.language.evidence import Array
from bot.language.normalise import normalise
from bot.language.ranking import Ranking
from bot.language.terms import WORD, Terms
from bot.language.validation import Reliability, cross_validate, reliability

FEWEST_ANSWERS = 10
"""Answers from which a classifier is trained."""
FEWEST_VALIDATED = 100
"""Phrasings from which the confidence model is fitted by cross-validation; fewer estimate it too poorly."""
MOST_WEIGHTS = 10_000_000
"""The largest classifier, answers times terms: one of 16 million took a minute and 230 MiB to train."""
BATCH = 256
"""Questions compared at a time, which bounds the memory it takes."""


class LexicalIndex:
    """Finds the answers whose phrasings are most like a question.

    Args:
        phrasings: pairs of an answer's id and one way of asking for it; those without a word are left out.
        languages: whose stemmers to use; every word is indexed under each language's stem.

    Attributes:
        confidence_model: the model its scores come from: fitted to these phrasings, or the default with too few.
        reliability: the figures of the cross-validation, or None with too few phrasings.
        rehearsed: False: its confidence is not trusted sooner for having been cross-validated.
    """

    rehearsed = False

    def __init__(self, phrasings: Sequence[tuple[int, str]], languages: tuple[str, ...]) -> None:
        asked = [(answer_id, plain) for answer_id, text in phrasings if WORD.search(plain := normalise(text))]
        self.confidence_model: ConfidenceModel = DEFAULT_MODEL
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
            labelled = cross_validate(terms.rows, answers)
            self.confidence_model = fit(labelled)
            self.reliability = reliability(labelled, self.confidence_model)

    def search(self, question: str, most: int = 10) -> list[Candidate]:
        """The best answers to one question, the best first.

        Args:
            most: how many answers to return.
        """
        return self.search_many([question], most)[0]

    def search_many(self, questions: Sequence[str], most: int = 10) -> list[list[Candidate]]:
        """The best answers to each question, the best first; much faster than `search` for each."""
        if not self._ids:
            return [[] for _ in questions]
        return [
            found
            for start in range(0, len(questions), BATCH)
            for found in self._batch(questions[start : start + BATCH], most)
        ]

    def _batch(self, questions: Sequence[str], most: int) -> list[list[Candidate]]:
        evidence = self._ranking.compare(self._terms.vectors([normalise(question) for question in questions]))
        confidence = np.where(evidence.similarity > 0, self.confidence_model.estimate(evidence), 0)
        best = np.argsort(-confidence, axis=1, kind="stable")[:, :most]
        return [
            [Candidate(self._ids[column], float(row[column])) for column in columns if row[column] > 0]
            for row, columns in zip(confidence, best, strict=True)
        ]


def _enough(terms: Terms, answers: Array) -> bool:
    """Whether there are enough phrasings to train a classifier and cross-validate it, and not too many answers."""
    total = int(answers.max()) + 1
    return (
        total >= FEWEST_ANSWERS
        and len(answers) >= max(FEWEST_PHRASINGS * total, FEWEST_VALIDATED)
        and total * terms.rows.shape[1] <= MOST_WEIGHTS
    )
