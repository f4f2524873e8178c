"""The confidence as the probability that a question has an answer here, times that of its being this one."""

from collections.abc import Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.search.calibration.evidence import margin
from storage.values import frozen

CANDIDATES = 5
"""The number of best answers to each question that a model is fitted on; clearly wrong ones would dominate the fit."""
OUTSIDE_SHARE = 0.14
"""The assumed share of questions that have no answer. With a larger one the bot answers less often: on CLINC150 with
0.11 it answers 80 % of the questions, and 3 to 5 % of those without an answer."""


@frozen
class Logistic:
    """A fitted logistic regression over features, which are on the last axis."""

    weights: tuple[float, ...]
    bias: float

    def estimate(self, features: Array) -> Array:
        """The probability of each row of features."""
        values = np.clip(features @ np.array(self.weights) + self.bias, -50, 50)
        found: Array = 1 / (1 + np.exp(-values))
        return found


@frozen
class Certainty:
    """The two models: `gate` for whether there is an answer, `choice` for which it is."""

    gate: Logistic
    choice: Logistic

    def estimate(self, gate: Array, choice: Array) -> Array:
        """The confidence of each answer (columns) to each question (rows).

        Args:
            gate: questions × features of the first model.
            choice: questions × answers × features of the second.
        """
        found = self.choice.estimate(choice)
        shared = -np.sort(-found, axis=1)[:, :CANDIDATES].sum(axis=1, keepdims=True)
        fair: Array = found / np.maximum(1, shared) * self.gate.estimate(gate)[:, None]
        return fair


PRIOR = Certainty(
    Logistic((4.41, 2.27, 1.11, -0.75), -2.45),
    Logistic((1.14, 9.54, -0.17, -0.86), -1.0),
)
"""For knowledge with too few phrasings for cross-validation.
The last weight of the first model is that of the rarest word an answer lacks. A stronger one helps more where words are
left out of questions, but costs right answers where questions are in other words: with -1, and 0.3 and 0.5 less in the
biases, 4 of 100 such questions were answered instead of 10, nine of ten of them rightly. Eleven more measures, such as
the share of a heading's words that a question has, the nearest sentence, lengths and the fifth best answer, did not
improve it on knowledge bases they were not fitted on.
"""


def fit_certainty(alone: Array, without: Array, answers: Array) -> Certainty:
    """Fit both models to a kernel's values for its own phrasings, each left out of it.

    Args:
        alone: phrasings × answers, the values with this phrasing left out; only of answers with several phrasings.
        without: phrasings × answers, the values with all phrasings of its answer left out.
        answers: by row of `alone`, the number of the right answer.
    """
    gate = np.concatenate([alone.max(axis=1), without.max(axis=1)])[:, None]
    known = np.concatenate([np.ones(len(alone), bool), np.zeros(len(without), bool)])
    share = np.where(known, (1 - OUTSIDE_SHARE) / known.sum(), OUTSIDE_SHARE / (~known).sum()) * len(known)
    best = np.argsort(-alone, axis=1)[:, :CANDIDATES]
    features = np.take_along_axis(choice_features(alone), best[:, :, None], axis=1)
    right = (best == answers[:, None]).ravel()
    return Certainty(fit(gate, known, share), fit(features.reshape(-1, features.shape[-1]), right))


def choice_features(values: Array, *others: Array) -> Array:
    """Questions × answers × features: the value, its margin over the best other answer, and further measures."""
    return np.stack([values, margin(values), *others], axis=-1)


def fit(features: Array, right: Array, weights: Sequence[float] | Array | None = None) -> Logistic:
    """Fit a logistic regression on standardised features.

    Args:
        features: samples × features.
        right: by sample, whether it is positive.
        weights: by sample, its weight; None for equal ones.
    """
    # Imported here: its 70 MiB are only needed for knowledge with enough phrasings for cross-validation.
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=1000).fit((features - mean) / spread, right, sample_weight=weights)
    own = model.coef_[0] / spread
    return Logistic(tuple(map(float, own)), float(model.intercept_[0] - own @ mean))
