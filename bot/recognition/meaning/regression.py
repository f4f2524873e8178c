"""Kernel ridge regression over the main axes of vectors of length 1, in numpy and scipy."""

from dataclasses import dataclass

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.encoder import unit

PENALTY = 0.1
"""Of the ridge: the noise assumed in the labels."""


@dataclass(frozen=True, slots=True)
class Regression:
    """What was learned of labelled vectors.

    Attributes:
        axes: the directions that are looked at, one a column, in float32.
        rows: the vectors along them, of length 1, one a row, in float32.
        weights: what each counts.
        sharpness: how fast its weight falls with its cosine.
    """

    axes: Array
    rows: Array
    weights: Array
    sharpness: float

    def predict(self, vectors: Array) -> Array:
        """The label expected of each vector."""
        found: Array = near(unit(vectors @ self.axes), self.rows, self.sharpness) @ self.weights
        return found


def find_axes(vectors: Array, most: int) -> Array:
    """The directions in which vectors differ from zero most, as many as asked for at most, one a column."""
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    # Half the digits do, and take half the room.
    return directions[:, ::-1][:, :most].astype(np.float16).astype(np.float32)


def fit(axes: Array, rows: Array, labels: Array, sharpness: float) -> Regression:
    """Learn the labels of vectors that lie along axes: some seconds, and 20 bytes for each pair, for 5,000 of them."""
    # Imported here, as it is rarely needed.
    from scipy.linalg import cho_factor, cho_solve  # noqa: PLC0415

    same = near(rows, rows, sharpness)
    same[np.diag_indices_from(same)] += PENALTY
    # In its own place and in float32: numpy solves in float64, which takes six times the memory for a moment.
    factor = cho_factor(same.T, lower=True, overwrite_a=True, check_finite=False)
    weights: Array = cho_solve(factor, labels.astype(np.float32), check_finite=False)
    return Regression(axes, rows, weights, sharpness)


def near(some: Array, others: Array, sharpness: float) -> Array:
    """The cosines of vectors of length 1 as similarities from 0 to 1, which fall fast with distance."""
    found: Array = some @ others.T
    found -= 1
    found *= sharpness
    return np.exp(found, out=found)
