"""The search index over meanings: the answers to a question by dense and lexical evidence, with one confidence each."""

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
from bot.language.search.material import Material, Refusal
from bot.language.search.nearest import Nearest
from bot.language.search.phrasings import Phrasings
from bot.language.search.refusals import Refusals
from bot.language.search.rehearsed import FEWEST_ANSWERS, FEWEST_PHRASINGS, Rehearsed
from bot.language.search.scruples import Scruples
from bot.language.text.frame import unframe
from bot.language.text.normalise import has_words, normalise

BATCH = 256
"""Questions compared at a time, which bounds the memory it takes."""
JUDGED = 10
"""The best answers to each question that are looked at word for word."""


class Ranking(Protocol):
    """A way of weighing the answers to questions."""

    @property
    def certainty(self) -> Certainty:
        """From the weights to a confidence."""
        ...

    @property
    def reliability(self) -> Reliability | None:
        """What a rehearsal on its own phrasings showed."""
        ...

    def weigh(self, dense: Array, plain: Sequence[str]) -> Weighed:
        """Weigh the answers to questions, given by their vectors and their normalised texts."""
        ...


class SemanticIndex:
    """Finds the answers whose phrasings and words mean most nearly what a question means.

    Args:
        material: the knowledge, with the vectors of this encoder.
        encoder: encodes the questions.
        languages: whose stemmers to use.

    Attributes:
        reliability: the figures of the rehearsal, or None with too few phrasings.
    """

    def __init__(self, material: Material, encoder: Encoder, languages: tuple[str, ...]) -> None:
        self.reliability: Reliability | None = None
        self._encoder, self._ids = encoder, [entry.answer_id for entry in material.entries]
        if self._ids:
            phrasings = Phrasings(material, languages)
            self._dense = phrasings.dense
            refusals = Refusals(material.refusals, self._ids, encoder)
            self._ranking: Ranking = Rehearsed(phrasings) if _enough(phrasings) else Nearest(phrasings, material)
            self.reliability = self._ranking.reliability
            self._scruples = Scruples(material.entries, refusals, encoder)

    @property
    def rehearsed(self) -> bool:
        """Whether there was a rehearsal."""
        return self.reliability is not None

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Take over what was said against answers meanwhile."""
        if self._ids:
            self._scruples.refuse(Refusals(refusals, self._ids, self._encoder))

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
        confidence = self._scruples.refusals.doubt(dense, self._dense, weighed.answers, confidence)
        return [
            self._choose(question, vector, columns, scores, most) if has_words(question) else []
            for question, vector, columns, scores in zip(questions, dense, weighed.answers, confidence, strict=True)
        ]

    def _choose(self, question: str, vector: Array, columns: Array, scores: Array, most: int) -> list[Candidate]:
        """The best answers to a question, those at the top looked at word for word."""
        best = np.argsort(-scores, kind="stable")[: max(most, JUDGED)]
        found = self._scruples.judge(question, vector, {int(columns[at]): float(scores[at]) for at in best})
        ranked = sorted(found.items(), key=lambda pair: -pair[1])[:most]
        return [Candidate(self._ids[answer], score) for answer, score in ranked if score > 0]


def _enough(phrasings: Phrasings) -> bool:
    """Whether there are enough phrasings to rehearse on, and not too many."""
    total = len(phrasings.starts)
    return total >= FEWEST_ANSWERS and max(FEWEST_PHRASINGS, 3 * total) <= len(phrasings.answers) <= MOST_PHRASINGS
