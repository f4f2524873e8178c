"""Kernel ridge regression over the vectors of texts and the pieces they are spelt with.

What it learns has the same size however many texts it learns from, as its kernel is a polynomial of degree 2.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.language.arrays import Array
from bot.recognition.meaning.pieces import PLACES, take_apart
from storage.values import frozen

BASE, SLOPE, BEND = 0.1, 0.3, 0.6
"""Of the polynomial of the cosine of two vectors."""
SPELLING = 0.5
"""How much it counts that two texts are spelt alike, beside that."""
PENALTY = 0.05
"""Of the ridge: the noise assumed in the labels. These were chosen by learning 5,900 sentences and telling 4,500 of
other hands: at 3 of 100 false, 61 of 100 in danger were found in English and 58 in French; by the vectors alone,
with a kernel that looked at every sentence, 57 and 50."""
FEWEST = 2
"""Texts that have a piece which is looked at."""
_BLOCK = 500


@frozen
class Regression:
    """What was learned of labelled texts.

    Attributes:
        base: the label expected of nothing.
        slopes: by dimension of a vector.
        bends: by pair of dimensions.
        rarities: by place of a piece, how much it counts; 0 for one that is not looked at.
        worths: by place of a piece, what it says of the label.
    """

    base: Array
    slopes: Array
    bends: Array
    rarities: Array
    worths: Array

    def predict(self, vectors: Array, texts: Sequence[str]) -> Array:
        """The label expected of each text, whose vector is in the same row."""
        meant = self.base + vectors @ self.slopes + np.einsum("ij,ij->i", vectors @ self.bends, vectors)
        found: Array = meant + [sum(map(self._spell, take_apart(text))) for text in texts]
        return found

    def _spell(self, places: Array) -> float:
        counts = self.rarities[places]
        return float(counts @ self.worths[places] / _length(counts))


def fit(vectors: Array, texts: Sequence[str], labels: Array) -> Regression:
    """Learn the labels of texts: a minute of CPU and 4 bytes for each pair of texts, for 10,000 of them."""
    # Imported here, as it is rarely needed.
    from scipy.linalg import cho_factor, cho_solve  # noqa: PLC0415

    parts = [take_apart(text) for text in texts]
    rarities = _weigh(parts)
    spelt = _spread(parts, rarities)
    same = vectors @ vectors.T
    for start in range(0, len(texts), _BLOCK):
        rows = same[start : start + _BLOCK]
        rows *= SLOPE + BEND * rows
        rows += BASE + SPELLING * (spelt[start : start + _BLOCK] @ spelt.T).toarray()
    same[np.diag_indices_from(same)] += PENALTY
    # In its own place and in float32: numpy solves in float64, which takes six times the memory for a moment.
    factor = cho_factor(same.T, lower=True, overwrite_a=True, check_finite=False)
    counts: Array = cho_solve(factor, labels.astype(np.float32), check_finite=False)
    bends = BEND * (vectors.T * counts) @ vectors
    return Regression(
        np.array(BASE * counts.sum()), SLOPE * counts @ vectors, bends, rarities, SPELLING * (spelt.T @ counts)
    )


def _weigh(parts: Sequence[tuple[Array, Array]]) -> Array:
    """By place, how rare its pieces are in the texts."""
    had = np.bincount(np.concatenate([one for pair in parts for one in pair]).astype(np.int64), minlength=PLACES)
    rare: Array = np.where(had >= FEWEST, np.log((1 + len(parts)) / (1 + had)) + 1, 0)
    return rare.astype(np.float32)


def _spread(parts: Sequence[tuple[Array, Array]], rarities: Array) -> Any:
    """The texts as sparse rows, one half of whose length comes of pieces and one of words."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - as above

    halves = [half for pair in parts for half in pair]
    ends = np.cumsum([0, *(len(pieces) + len(words) for pieces, words in parts)])
    values = np.concatenate([rarities[half] / _length(rarities[half]) for half in halves])
    return csr_array((values, np.concatenate(halves).astype(np.int32), ends), (len(parts), PLACES))


def _length(counts: Array) -> float:
    """The length that each half of a text is scaled by."""
    return float(np.sqrt(2 * (counts @ counts))) or 1.0
