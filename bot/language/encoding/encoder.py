"""The interface of sentence encoders, which turn texts into vectors whose cosine tells how similar they mean."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from bot.language.arrays import Array


class Encoder(Protocol):
    """A sentence encoder.

    Attributes:
        id: its name and version; vectors of different ids cannot be compared.
        dimension: the length of its vectors.
    """

    @property
    def id(self) -> str:
        """Its name and version."""
        ...

    @property
    def dimension(self) -> int:
        """The length of its vectors."""
        ...

    def encode(self, texts: Sequence[str]) -> Array:
        """The vectors of texts, one a row, each of length 1, in float32; any text is accepted, also an empty one."""
        ...


def unit(rows: Array) -> Array:
    """Rows scaled to length 1; a row of zeros stays."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Array = (rows / np.where(length == 0, 1, length)).astype(np.float32)
    return scaled
