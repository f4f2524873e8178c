"""Tells how like a text is in meaning to sentences of danger, by kernel ridge regression over an encoder's vectors."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.text.frame import unframe
from bot.recognition import fitted
from bot.recognition.fitted import Fitted
from bot.recognition.sentences import Sentences, load_sentences

SHARPNESS = 3.0
"""How fast the weight of a sentence falls with its cosine."""
PENALTY = 0.1
"""Of the ridge: the noise assumed in the labels."""
THRESHOLD = 0.15
"""From here on a text may mean danger: 3 of 100 ordinary sentences reach it when groups of like ones are left out in
turn; `make bench-danger` shows it."""
PART_MARGIN = 0.15
"""How much more like danger a sentence among others must be, as each is one more chance of a mistake. Beside two
ordinary sentences, 75 of 100 of danger are found so, and 34 by the whole message alone."""
FEWEST_WORDS = 3
"""Of a sentence that is looked at for itself."""
MOST_PARTS = 6
"""The first and the last sentences of a message that are: an encoder takes 2 ms for each."""
_BREAKS = re.compile(r"(?<=[.!?…])\s+|\n+")


class Likeness:
    """The regression: about 1 for danger, -1 for what is ordinary.

    Args:
        encoder: encodes each text, and now the sentences, where they are no packaged ones.
    """

    def __init__(self, encoder: Encoder, sentences: Sentences) -> None:
        self._encoder = encoder
        known = fitted.read(fitted.sign(encoder.id, sentences), encoder.dimension)
        self._rows, self._weights = known or fit_sentences(encoder, sentences)

    def measure(self, text: str) -> float:
        """How like a text is to danger."""
        return float(self.measure_all([text])[0])

    def measure_all(self, texts: Sequence[str]) -> Array:
        """How like each text, or a sentence of it, is to danger; much faster than `measure` for each."""
        parts = [(at, part) for at, text in enumerate(texts) for part in split(text)]
        weighed = self._weigh([*texts, *(part for _, part in parts)])
        found: Array = weighed[: len(texts)]
        for (at, _), own in zip(parts, weighed[len(texts) :], strict=True):
            found[at] = max(found[at], own - PART_MARGIN)
        return found

    def _weigh(self, texts: Sequence[str]) -> Array:
        vectors = self._encoder.encode([unframe(text) for text in texts])
        found: Array = near(vectors, self._rows) @ self._weights
        return found


def fit_sentences(encoder: Encoder, sentences: Sentences) -> Fitted:
    """The regression over sentences."""
    texts = [*sentences.danger, *sentences.ordinary]
    labels = np.where(np.arange(len(texts)) < len(sentences.danger), 1.0, -1.0)
    rows = encoder.encode([unframe(text) for text in texts])
    return Fitted(rows, fit(rows, labels))


def split(text: str) -> list[str]:
    """The sentences of a text that has several, the first and the last of many."""
    found = [part for part in _BREAKS.split(text.strip()) if len(part.split()) >= FEWEST_WORDS]
    kept = [*found[:MOST_PARTS], *found[MOST_PARTS:][-MOST_PARTS:]]
    return [] if kept == [text.strip()] else kept


def fit(rows: Array, labels: Array) -> Array:
    """The weight of each sentence."""
    # Imported here, as it is needed once a process.
    from scipy.linalg import cho_factor, cho_solve  # noqa: PLC0415

    same = near(rows, rows)
    same[np.diag_indices_from(same)] += PENALTY
    # In its own place and in float32: numpy solves in float64, which takes 190 MiB for a moment instead of these 32.
    factor = cho_factor(same.T, lower=True, overwrite_a=True, check_finite=False)
    weights: Array = cho_solve(factor, labels.astype(np.float32), check_finite=False)
    return weights


def near(some: Array, others: Array) -> Array:
    """The cosines of vectors of length 1 as similarities from 0 to 1, which fall fast with distance."""
    found: Array = some @ others.T
    found -= 1
    found *= SHARPNESS
    return np.exp(found, out=found)


def load_likeness(encoder: Encoder, folder: Path | None = None) -> Likeness:
    """The regression over the packaged sentences and the operator's, once a process; with the latter it takes seconds.

    Raises:
        OperatorError: a line cannot be used; it names file, line and mend.
    """
    # An encoder is told from others by its identity.
    return _load(encoder, folder)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _load(encoder: Encoder, folder: Path | None) -> Likeness:
    return Likeness(encoder, load_sentences(folder))
