"""Kernel ridge regression over two cosines, and what it says of its own phrasings when they are left out."""

from typing import Any

import numpy as np

from bot.language.arrays import Array

SHARPNESS = 3.0
"""How fast the weight of a phrasing falls with its cosine."""
LEXICAL_SHARE = 0.3
"""The weight of the lexical cosine; that of the dense one is the rest."""
PENALTY = 0.1
"""Of the ridge: the noise assumed in the phrasings."""
MOST_PHRASINGS = 6_000
"""Beyond, inverting their matrix takes minutes and gigabytes."""


class Kernel:
    """Kernel ridge regression from phrasings to answers.

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
        """The value of each answer (columns) for questions (rows): about 1 when right, 0 when wrong.

        Args:
            dense: the cosines of questions and phrasings.
            lexical: their lexical cosines.
        """
        found: Array = mix(dense, lexical) @ self._weights
        return found

    def leave_out(self) -> tuple[Array, Array]:
        """What the rest says of each phrasing, in closed form.

        Returns:
            By phrasing, the values of the answers without this phrasing; and without all phrasings of its answer.
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
        """Free what only `leave_out` needs: most of the memory."""
        self._inverse = self._truth = np.empty((0, 0))


def _truth(answers: Array, total: int) -> Array:
    truth = np.zeros((len(answers), total))
    truth[np.arange(len(answers)), answers] = 1
    return truth


def mix(dense: Array, lexical: Array) -> Array:
    """Two cosines as one similarity, from 0 to 1, which falls fast with distance."""
    near: Array = (1 - LEXICAL_SHARE) * np.exp(SHARPNESS * (dense - 1))
    near += LEXICAL_SHARE * np.exp(SHARPNESS * (lexical - 1))
    return near
