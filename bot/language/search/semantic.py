"""The search index by meaning: finds the answers to a question by dense and lexical evidence, with a confidence."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.search.calibration.certainty import Certainty
from bot.language.search.calibration.validation import Reliability
from bot.language.search.calibration.weighing import Weighed
from bot.language.search.candidate import Candidate
from bot.language.search.kernel import MOST_PHRASINGS
from bot.language.search.kernel_regression import FEWEST_ANSWERS, FEWEST_PHRASINGS, KernelRegression
from bot.language.search.material import Material, Refusal
from bot.language.search.nearest import Nearest
from bot.language.search.phrasings import Phrasings
from bot.language.search.refusals import Refusals
from bot.language.search.verification import Verifier
from bot.language.text.frame import unframe
from bot.language.text.normalise import has_words, normalise

BATCH = 256
"""The number of questions compared at a time, to bound memory."""
JUDGED = 10
"""The number of best answers to each question that are compared word for word."""


class Ranking(Protocol):
    """A way of ranking the answers to questions."""

    @property
    def certainty(self) -> Certainty:
        """The models that turn features into a confidence."""
        ...

    @property
    def reliability(self) -> Reliability | None:
        """The outcome of the cross-validation on its own phrasings; None without one."""
        ...

    def weigh(self, dense: Array, plain: Sequence[str]) -> Weighed:
        """Compute the features of the answers to questions, given by their vectors, one a row, and normalised texts."""
        ...


class SemanticIndex:
    """Finds the answers whose phrasings and words are most similar in meaning to a question.

    Args:
        material: the knowledge, with the vectors of this encoder.
        encoder: encodes the questions.
        languages: whose stemmers to use.

    Attributes:
        reliability: the figures of the cross-validation, or None with too few phrasings.
    """

    def __init__(self, material: Material, encoder: Encoder, languages: tuple[str, ...]) -> None:
        self.reliability: Reliability | None = None
        self._encoder, self._ids = encoder, [entry.answer_id for entry in material.entries]
        if self._ids:
            phrasings = Phrasings(material, languages)
            self._dense = phrasings.dense
            refusals = Refusals(material.refusals, self._ids, encoder)
            self._ranking: Ranking = KernelRegression(phrasings) if _enough(phrasings) else Nearest(phrasings, material)
            self.reliability = self._ranking.reliability
            self._verifier = Verifier(material.entries, refusals, encoder)

    @property
    def cross_validated(self) -> bool:
        """Whether it was cross-validated on its own phrasings."""
        return self.reliability is not None

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Replace the refusals by newer ones."""
        if self._ids:
            self._verifier.refuse(Refusals(refusals, self._ids, self._encoder))

    def search(self, question: str, most: int = 10) -> list[Candidate]:
        """The best answers to one question, the best first."""
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
        asked = [unframe(question) for question in questions]
        dense = self._encoder.encode(asked)
        weighed = self._ranking.weigh(dense, [normalise(question) for question in asked])
        confidence = self._ranking.certainty.estimate(weighed.gate, weighed.choice)
        confidence = self._verifier.refusals.discount(dense, self._dense, weighed.answers, confidence)
        return [
            self._choose(question, vector, columns, scores, most) if has_words(question) else []
            for question, vector, columns, scores in zip(questions, dense, weighed.answers, confidence, strict=True)
        ]

    def _choose(self, question: str, vector: Array, columns: Array, scores: Array, most: int) -> list[Candidate]:
        """The best answers to a question, with the confidence in those at the top corrected word for word."""
        best = np.argsort(-scores, kind="stable")[: max(most, JUDGED)]
        found = self._verifier.judge(question, vector, {int(columns[at]): float(scores[at]) for at in best})
        ranked = sorted(found.items(), key=lambda pair: -pair[1])[:most]
        return [Candidate(self._ids[answer], score) for answer, score in ranked if score > 0]


def _enough(phrasings: Phrasings) -> bool:
    """Whether there are enough phrasings for cross-validation, and not too many."""
    total = len(phrasings.starts)
    return total >= FEWEST_ANSWERS and max(FEWEST_PHRASINGS, 3 * total) <= len(phrasings.answers) <= MOST_PHRASINGS
