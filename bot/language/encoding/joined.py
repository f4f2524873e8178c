"""Combines several encoders into one, whose cosines are the mean of theirs."""

from collections.abc import Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder


class Joined:
    """The vectors of several encoders, concatenated."""

    def __init__(self, encoders: Sequence[Encoder]) -> None:
        self._encoders = encoders
        self.id = " + ".join(one.id for one in encoders)
        self.dimension = sum(one.dimension for one in encoders)

    def encode(self, texts: Sequence[str]) -> Array:
        """The vectors of texts, one a row, each of length 1."""
        rows = np.concatenate([one.encode(texts) for one in self._encoders], axis=1)
        joined: Array = rows / np.float32(np.sqrt(len(self._encoders)))
        return joined
