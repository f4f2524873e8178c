"""Ranks answers by kernel regression, for knowledge with enough phrasings for cross-validation."""

from collections.abc import Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.encoder import unit
from bot.language.search.calibration.certainty import choice_features, fit_certainty
from bot.language.search.calibration.validation import Reliability
from bot.language.search.calibration.weighing import Weighed
from bot.language.search.kernel import Kernel
from bot.language.search.phrasings import Phrasings
from bot.language.search.spread import whiten

FEWEST_ANSWERS, FEWEST_PHRASINGS = 10, 100
"""The fewest answers and phrasings for calibrating the confidence by cross-validation."""


class KernelRegression:
    """Kernel regression over phrasings, with confidence models fitted to its leave-one-out values.

    Attributes:
        certainty: the fitted confidence models.
        reliability: the outcome of that cross-validation.
    """

    def __init__(self, phrasings: Phrasings) -> None:
        self._phrasings = phrasings
        self._even = whiten(phrasings.dense, phrasings.answers)
        self._dense = unit(phrasings.dense @ self._even)
        self._kernel = Kernel(self._dense, phrasings.terms.rows, phrasings.answers, len(phrasings.starts))
        self._cross_validate(phrasings.answers)

    def weigh(self, dense: Array, plain: Sequence[str]) -> Weighed:
        """Compute the features of every answer."""
        cosines = unit(dense @ self._even) @ self._dense.T
        values = self._kernel.weigh(cosines, self._phrasings.share(plain))
        everyone = np.broadcast_to(np.arange(values.shape[1]), values.shape)
        return Weighed(everyone, values.max(axis=1)[:, None], choice_features(values))

    def _cross_validate(self, answers: Array) -> None:
        alone, without = self._kernel.leave_out()
        self._kernel.release()
        several = np.bincount(answers)[answers] > 1
        self.certainty = fit_certainty(alone[several], without, answers[several])
        asked = np.concatenate([alone[several], without])
        right = np.concatenate([answers[several], np.full(len(without), -1)])
        found = self.certainty.estimate(asked.max(axis=1)[:, None], choice_features(asked))
        self.reliability = Reliability(found.max(axis=1), found.argmax(axis=1) == right, right >= 0)
