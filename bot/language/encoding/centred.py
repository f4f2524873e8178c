"""Centres vectors: with some encoders, all texts have so much in common that every cosine is near 1."""

from collections.abc import Sequence
from pathlib import Path

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder, unit

FEW = 20
"""The number of texts of which half the mean is subtracted, since a few may have much in common by chance."""
EVERYDAY = Path(__file__).with_name("everyday.txt")


def everyday() -> list[str]:
    """Everyday texts of many kinds, whose mean vector stands for what all texts have in common."""
    lines = EVERYDAY.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


class Centred:
    """An encoder whose vectors have their mean over everyday texts subtracted."""

    def __init__(self, within: Encoder) -> None:
        self._within, self.dimension, self.id = within, within.dimension, f"{within.id}, centred"
        self._mean = within.encode(everyday()).mean(axis=0)

    def encode(self, texts: Sequence[str]) -> Array:
        """The vectors of texts, one a row, each of length 1."""
        return unit(self._within.encode(texts) - self._mean)


def common(rows: Array) -> Array:
    """The mean of n vectors, one a row, times n / (n + `FEW`)."""
    found: Array = rows.mean(axis=0) * (len(rows) / (len(rows) + FEW))
    return found
