"""The search index by words: finds the answers to a question by their phrasings, with a calibrated confidence."""

from collections.abc import Sequence

import numpy as np

from bot.language import FEWEST_PHRASINGS
from bot.language.arrays import Array
from bot.language.search.calibration.confidence import DEFAULT_MODEL, ConfidenceModel, fit
from bot.language.search.calibration.validation import Reliability, cross_validate, reliability
from bot.language.search.candidate import Candidate
from bot.language.search.material import Refusal, gather
from bot.language.search.ranking import Ranking
from bot.language.search.refusals import Refusals
from bot.language.search.verification import Verifier
from bot.language.text.frame import unframe
from bot.language.text.normalise import normalise
from bot.language.text.splitting import WORD
from bot.language.text.terms import Terms

FEWEST_ANSWERS = 10
"""The fewest answers for training a classifier."""
FEWEST_VALIDATED = 100
"""The fewest phrasings for fitting the confidence model by cross-validation."""
MOST_WEIGHTS = 10_000_000
"""The largest classifier, answers times terms: one of 16 million took a minute and 230 MiB to train."""
LOOKED_AT = 10
"""The number of best answers to each question that are compared word for word."""
BATCH = 256
"""The number of questions compared at a time, to bound memory."""


class LexicalIndex:
    """Finds the answers whose phrasings are most like a question.

    Args:
        phrasings: pairs of an answer's id and one way of asking for it; those without a word are left out.
        languages: whose stemmers to use; every word is indexed under each language's stem.
        refusals: the answers refused for questions before.

    Attributes:
        confidence_model: the model its scores come from: fitted to these phrasings, or the default with too few.
        reliability: the figures of the cross-validation, or None with too few phrasings.
        cross_validated: False: its threshold is the same with and without cross-validation.
    """

    cross_validated = False

    def __init__(
        self, phrasings: Sequence[tuple[int, str]], languages: tuple[str, ...], refusals: Sequence[Refusal] = ()
    ) -> None:
        asked = [(answer_id, plain) for answer_id, text in phrasings if WORD.search(plain := _plain(text))]
        self.confidence_model: ConfidenceModel = DEFAULT_MODEL
        self.reliability: Reliability | None = None
        self._ids: list[int] = []
        if asked:
            entries = gather(phrasings, {})
            self._numbers = {entry.answer_id: number for number, entry in enumerate(entries)}
            self._entry_ids = [entry.answer_id for entry in entries]
            self._verifier = Verifier(entries, Refusals(refusals, self._entry_ids, None), None)
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

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Replace the refusals by newer ones."""
        if self._ids:
            self._verifier.refuse(Refusals(refusals, self._entry_ids, None))

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
        evidence = self._ranking.compare(self._terms.vectors([_plain(question) for question in questions]))
        confidence = np.where(evidence.similarity > 0, self.confidence_model.estimate(evidence), 0)
        best = np.argsort(-confidence, axis=1, kind="stable")[:, : max(most, LOOKED_AT)]
        return [
            self._judge(question, {self._ids[at]: float(row[at]) for at in columns if row[at] > 0})[:most]
            for question, row, columns in zip(questions, confidence, best, strict=True)
        ]

    def _judge(self, question: str, scores: dict[int, float]) -> list[Candidate]:
        """The answers found, with their confidence corrected by a comparison word for word."""
        numbered = {self._numbers[own]: score for own, score in scores.items() if own in self._numbers}
        judged = self._verifier.judge(question, None, numbered) if numbered else {}
        ranked = sorted(judged.items(), key=lambda pair: -pair[1])
        return [Candidate(self._entry_ids[number], score) for number, score in ranked if score > 0]


def _plain(text: str) -> str:
    """A question as its words are compared: normalised, without its frame."""
    return normalise(unframe(text))


def _enough(terms: Terms, answers: Array) -> bool:
    """Whether there are enough phrasings to train a classifier and cross-validate it, and not too many answers."""
    total = int(answers.max()) + 1
    return (
        total >= FEWEST_ANSWERS
        and len(answers) >= max(FEWEST_PHRASINGS * total, FEWEST_VALIDATED)
        and total * terms.rows.shape[1] <= MOST_WEIGHTS
    )
