"""The confidence model of the search by words: from the evidence for an answer to the probability that it is right."""

from collections.abc import Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.search.calibration.evidence import Evidence
from storage.values import frozen

OUT_OF_SCOPE_SHARE = 0.15
"""The assumed share of questions that have no answer; in CLINC150's test set it is 18 %."""
FITTED_CANDIDATES = 5
"""The best answers to each question that the model is fitted on; the many clearly wrong ones would dominate the fit."""
INVERSE_PENALTY = 1.0
"""The inverse strength of the L2 penalty, which keeps weights small when there are few questions to fit on."""


@frozen
class Labelled:
    """The evidence for questions whose right answer is known.

    Attributes:
        right: by question, the column of its answer in the evidence, or -1 when it has none.
    """

    evidence: Evidence
    right: Array


@frozen
class ConfidenceModel:
    """A logistic regression on the features of `Evidence`: P(this answer is right)."""

    weights: tuple[float, ...]
    bias: float

    def estimate(self, evidence: Evidence) -> Array:
        """The confidence of each answer to each question.

        Returns:
            Questions × answers, from 0 to 1. Where the best answers to one question add up to more than 1, all of that
            question's are scaled down so that they add up to 1.
        """
        found = 1 / (1 + np.exp(-(evidence.features() @ np.array(self.weights) + self.bias)))
        shared: Array = -np.sort(-found, axis=1)[:, :FITTED_CANDIDATES].sum(axis=1, keepdims=True)
        fair: Array = found / np.maximum(1, shared)
        return fair


DEFAULT_MODEL = ConfidenceModel(weights=(4.43, 9.81, -0.08), bias=-2.75)
"""For knowledge with too few phrasings to fit a model: weights of similarity, its margin and the known share.

Fitted as `fit` does, but with `INVERSE_PENALTY` 100, on 126 knowledge bases drawn from public data: CLINC150 and
BANKING77 with 1, 2 and 3 phrasings an answer and 6, 20, 60 or all answers, and a public authority's French FAQ with
words left out of its questions; a quarter of the questions had no answer there. With the tested data set left out of
the fit, answers given a confidence of 0.7 to 0.9 are right in 50 % (BANKING77, whose intents are similar) to 95 % of
cases. The bias is 0.09 lower than fitted, since question marks and frames are no longer compared. Below
`terms.SMALL_CORPUS` phrasings unseen words weigh more than in the fit, which lowers the confidence there.
"""


def fit(labelled: Sequence[Labelled]) -> ConfidenceModel:
    """Fit a model to labelled questions; those without an answer are weighted to `OUT_OF_SCOPE_SHARE` of all."""
    # Imported here: its 70 MiB are only needed for knowledge with enough phrasings to cross-validate.
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    features, right, known = (np.concatenate(parts) for parts in zip(*map(_samples, labelled), strict=True))
    shares = np.where(known, (1 - OUT_OF_SCOPE_SHARE) / known.sum(), OUT_OF_SCOPE_SHARE / max(1, (~known).sum()))
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=1000).fit(features, right, sample_weight=shares * len(right))
    return ConfidenceModel(tuple(float(weight) for weight in model.coef_[0]), float(model.intercept_[0]))


def _samples(labelled: Labelled) -> tuple[Array, Array, Array]:
    """One row per question and candidate: its features, whether it is right, and whether the question has an answer."""
    evidence = labelled.evidence
    strength = evidence.similarity if evidence.classifier is None else evidence.similarity + evidence.classifier
    best = np.argsort(-strength, axis=1)[:, :FITTED_CANDIDATES]
    features = np.take_along_axis(evidence.features(), best[:, :, None], axis=1)
    known = np.broadcast_to(labelled.right[:, None] >= 0, best.shape)
    right = best == labelled.right[:, None]
    return features.reshape(-1, features.shape[-1]), right.ravel(), known.ravel()
