"""Kernel ridge regression over two cosines, with its leave-one-out values for its own phrasings."""

from typing import Any

import numpy as np

from bot.language.arrays import Array

SHARPNESS = 3.0
"""The factor in the exponent of the kernel: how fast a phrasing's weight falls with its cosine."""
LEXICAL_SHARE = 0.3
"""The weight of the lexical cosine; that of the dense one is the rest."""
PENALTY = 0.1
"""The ridge penalty: the variance of the noise assumed in the phrasings."""
MOST_PHRASINGS = 6_000
"""The most phrasings: with more, inverting their matrix takes minutes and gigabytes."""


class Kernel:
    """Kernel ridge regression from phrasings to one-hot answers.

    On CLINC150 with ten phrasings an answer it gives 77 % of right answers at 5 % false ones, where a logistic
    regression gives 74 and a support vector machine 72.

    Args:
        dense: the phrasings' vectors, one a row.
        terms: their lexical vectors, as a sparse matrix.
        answers: by row, the answer's number, from 0 without a gap.
        total: the number of answers.
    """

    def __init__(self, dense: Array, terms: Any, answers: Array, total: int) -> None:
        self._answers, self._truth = answers, _truth(answers, total)
        same = mix(dense @ dense.T, (terms @ terms.T).toarray())
        self._inverse = np.linalg.inv(same + PENALTY * np.eye(len(answers)))
        self._weights = self._inverse @ self._truth

    def weigh(self, dense: Array, lexical: Array) -> Array:
        """The values of questions × answers: about 1 when right, 0 when wrong.

        Args:
            dense: questions × phrasings, the cosines of their vectors.
            lexical: questions × phrasings, the cosines of their words.
        """
        found: Array = mix(dense, lexical) @ self._weights
        return found

    def leave_out(self) -> tuple[Array, Array]:
        """The values for each phrasing with some phrasings left out of the regression, in closed form.

        Returns:
            Two arrays of phrasings × answers: with this phrasing left out, and with all phrasings of its answer left
            out.
        """
        alone: Array = self._truth - self._weights / np.diag(self._inverse)[:, None]
        without = np.empty_like(alone)
        for answer in range(self._truth.shape[1]):
            rows = np.flatnonzero(self._answers == answer)
            block = np.linalg.inv(self._inverse[np.ix_(rows, rows)])
            without[rows] = self._truth[rows] - block @ self._weights[rows]
            without[rows, answer] = -1
        return alone, without

    def release(self) -> None:
        """Free the memory that only `leave_out` needs, which is most of it."""
        self._inverse = self._truth = np.empty((0, 0))


def _truth(answers: Array, total: int) -> Array:
    truth = np.zeros((len(answers), total))
    truth[np.arange(len(answers)), answers] = 1
    return truth


def mix(dense: Array, lexical: Array) -> Array:
    """The kernel: two cosines combined into a similarity from 0 to 1, which falls exponentially with distance."""
    near: Array = (1 - LEXICAL_SHARE) * np.exp(SHARPNESS * (dense - 1))
    near += LEXICAL_SHARE * np.exp(SHARPNESS * (lexical - 1))
    return near
