"""Whitens vectors by their covariance within answers, as in linear discriminant analysis."""

import numpy as np

from bot.language.arrays import Array

EVENNESS = 15.0
"""The shrinkage: this many times the mean variance is added to that of each direction.

On BANKING77 with ten phrasings an answer (eight draws, 18,000 questions), 81.2 % find their answer first instead of
80.9; with 6, 10 and 40 the gain is as large or smaller. On CLINC150, and with three or five phrasings, nothing is lost.
"""


def whiten(rows: Array, answers: Array) -> Array:
    """The whitening matrix, after which phrasings of one answer vary equally in each direction.

    It is the inverse square root of the covariance within answers, shrunk towards the identity: J. H. Friedman,
    Regularized Discriminant Analysis, 1989. With one phrasing an answer it does not change any cosine.

    Args:
        rows: the phrasings' vectors, one a row.
        answers: by row, the answer's number, from 0 without a gap.

    Returns:
        dimension × dimension.
    """
    sums = np.zeros((int(answers.max()) + 1, rows.shape[1]))
    np.add.at(sums, answers, rows)
    apart = rows - (sums / np.bincount(answers)[:, None])[answers]
    variances, directions = np.linalg.eigh(apart.T @ apart / len(rows))
    usual = variances.mean()
    scales = 1 / np.sqrt(np.maximum(variances, 0) / usual + EVENNESS) if usual > 0 else np.ones_like(variances)
    found: Array = ((directions * scales) @ directions.T).astype(np.float32)
    return found
