"""Cross-validates a knowledge base on its own phrasings, to calibrate and to measure its confidence."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.sparse import diags

from bot.language.arrays import Array
from bot.language.search.calibration.confidence import ConfidenceModel, Labelled
from bot.language.search.ranking import Ranking
from storage.values import frozen

FOLDS = 5
"""The number of folds of the cross-validation."""
FEW_FOLDS, MANY_PHRASINGS = 2, 3_000
"""Above so many phrasings only the first folds are used: they suffice, and each takes seconds to train."""
SEED = 0


@frozen
class Reliability:
    """The outcome of a cross-validation, one entry per held-out question.

    Attributes:
        confidence: the confidence of the best answer.
        right: whether that answer was the right one.
        known: whether the question has an answer at all.
    """

    confidence: Array
    right: Array
    known: Array

    def precision(self, least: float) -> float:
        """The share of right answers among those given from this threshold on, of questions that have an answer."""
        given = self.known & (self.confidence >= least)
        return float(self.right[given].mean()) if given.any() else 0.0

    def coverage(self, least: float) -> float:
        """The share of questions with an answer whose best confidence reaches this threshold."""
        return float((self.confidence[self.known] >= least).mean())

    def false(self, least: float) -> float:
        """The share of questions without an answer whose best confidence reaches this threshold: false answers."""
        return float((self.confidence[~self.known] >= least).mean()) if (~self.known).any() else 0.0


def cross_validate(rows: Any, answers: Array) -> list[Labelled]:
    """Hold out, fold by fold, a part of each answer's phrasings and a fifth of all answers with all their phrasings.

    The phrasings left form the index. Held-out phrasings of answers in it have a right answer there; those of the
    answers left out have none. A term that only held-out phrasings have counts as unseen.

    Args:
        rows: the phrasings' vectors.
        answers: by row, which answer it asks for, numbered from 0 without a gap.
    """
    return [
        _ask_held_out(rows, answers, trained, asked)
        for trained, asked in _folds(answers)
        if len(set(answers[trained])) > 2
    ]


def reliability(labelled: list[Labelled], confidence: ConfidenceModel) -> Reliability:
    """The confidence a model gives to labelled questions, and whether each was answered rightly."""
    found = [confidence.estimate(one.evidence) for one in labelled]
    return Reliability(
        confidence=np.concatenate([one.max(axis=1) for one in found]),
        right=np.concatenate([one.argmax(axis=1) == each.right for one, each in zip(found, labelled, strict=True)]),
        known=np.concatenate([each.right >= 0 for each in labelled]),
    )


def _folds(answers: Array) -> Iterator[tuple[Array, Array]]:
    """For each fold, boolean masks of the rows that are trained on and of those that are asked."""
    chance = np.random.default_rng(SEED)
    place = np.zeros(len(answers), dtype=int)
    for answer in range(answers.max() + 1):
        mine = np.flatnonzero(answers == answer)
        place[mine] = chance.permutation(len(mine))
    most = min(FOLDS, place.max() + 1)
    group = chance.permutation(answers.max() + 1) % FOLDS
    lone = np.bincount(answers)[answers] == 1
    for fold in range(most if len(answers) <= MANY_PHRASINGS else FEW_FOLDS):
        gone = group[answers] == fold
        held = (place % most == fold) & ~lone
        yield ~gone & ~held, gone | held


def _ask_held_out(rows: Any, answers: Array, trained: Array, asked: Array) -> Labelled:
    present = np.unique(answers[trained])
    column = np.full(answers.max() + 1, -1)
    column[present] = np.arange(len(present))
    seen = np.bincount(rows[trained].indices, minlength=rows.shape[1]) > 0
    ranking = Ranking(rows[trained], column[answers[trained]], trained=True)
    return Labelled(ranking.compare((rows[asked] @ diags(seen.astype(float))).tocsr()), column[answers[asked]])
