"""Corrects the predictions of a fitted model with a few more labelled texts, for texts of similar meaning."""

import numpy as np

from bot.language.arrays import Array
from storage.values import frozen

SHARPNESS = 6.0
"""The factor in the exponent of the kernel: how fast the similarity of two texts falls with their cosine."""
PENALTY = 0.1
"""The ridge penalty: the variance of the noise assumed in the labels."""


@frozen
class Correction:
    """Kernel ridge regression over vectors of length 1.

    Attributes:
        rows: texts × dimension, the vectors of the labelled texts.
        weights: by text, its coefficient.
    """

    rows: Array
    weights: Array

    def predict(self, vectors: Array) -> Array:
        """By vector, the correction to be added to its prediction."""
        found: Array = _near(vectors, self.rows) @ self.weights
        return found


def correct(rows: Array, rest: Array) -> Correction:
    """Fit a correction.

    Args:
        rows: texts × dimension, the vectors of the labelled texts.
        rest: by text, its label less the prediction.
    """
    same = _near(rows, rows)
    same[np.diag_indices_from(same)] += PENALTY
    return Correction(rows, np.linalg.solve(same, rest))


def _near(some: Array, others: Array) -> Array:
    """The kernel: the similarities of vectors of length 1, from 0 to 1, by their cosines."""
    found: Array = np.exp(SHARPNESS * (some @ others.T - 1))
    return found
