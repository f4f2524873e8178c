"""Puts a knowledge base's own phrasings to it as if they were new, to learn how far it can be trusted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import diags

from bot.language.confidence import Confidence, Rehearsed
from bot.language.evidence import Array
from bot.language.ranking import Ranking

FOLDS = 5
"""In how many parts phrasings and answers are held out, one after another."""
FEW_FOLDS, MANY_PHRASINGS = 2, 3_000
"""Of many phrasings two parts are plenty to learn from, and the head takes seconds to train each time."""
SEED = 0


@dataclass(frozen=True, slots=True)
class Reliability:
    """What held-out questions showed.

    Attributes:
        confidence: by question, of the answer found best.
        right: whether that answer was the right one.
        known: whether the question has an answer at all.
    """

    confidence: Array
    right: Array
    known: Array

    def precision(self, least: float) -> float:
        """The share of right ones among the answers given to questions that have one."""
        given = self.known & (self.confidence >= least)
        return float(self.right[given].mean()) if given.any() else 0.0

    def coverage(self, least: float) -> float:
        """The share of questions with an answer that get one."""
        return float((self.confidence[self.known] >= least).mean())

    def false(self, least: float) -> float:
        """The share of questions without an answer that get one all the same."""
        return float((self.confidence[~self.known] >= least).mean()) if (~self.known).any() else 0.0


def rehearse(rows: Any, answers: Array) -> list[Rehearsed]:
    """Hold out, in turn, a part of each answer's phrasings and a fifth of all answers with every phrasing.

    What is left answers both: the first have their answer there, the second are out of scope. A term that only
    held-out phrasings have counts as never seen.
    """
    return [
        _rehearsed(rows, answers, trained, asked)
        for trained, asked in _folds(answers)
        if len(set(answers[trained])) > 2
    ]


def reliability(rehearsed: list[Rehearsed], confidence: Confidence) -> Reliability:
    """How confidence and truth went together."""
    found = [confidence.of(one.evidence) for one in rehearsed]
    return Reliability(
        confidence=np.concatenate([one.max(axis=1) for one in found]),
        right=np.concatenate([one.argmax(axis=1) == each.right for one, each in zip(found, rehearsed, strict=True)]),
        known=np.concatenate([each.right >= 0 for each in rehearsed]),
    )


def _folds(answers: Array) -> Iterator[tuple[Array, Array]]:
    """What is trained on and what is asked, as masks of rows."""
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


def _rehearsed(rows: Any, answers: Array, trained: Array, asked: Array) -> Rehearsed:
    present = np.unique(answers[trained])
    column = np.full(answers.max() + 1, -1)
    column[present] = np.arange(len(present))
    seen = np.bincount(rows[trained].indices, minlength=rows.shape[1]) > 0
    ranking = Ranking(rows[trained], column[answers[trained]], trained=True)
    return Rehearsed(ranking.compare((rows[asked] @ diags(seen.astype(float))).tocsr()), column[answers[asked]])
