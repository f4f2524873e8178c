"""Takes out of vectors what all texts have in common: by some encoders, every cosine is near 1 because of it."""

from collections.abc import Sequence
from pathlib import Path

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder, unit

FEW = 20
"""Of so many texts, half of what their vectors share counts as common: few may share much by chance."""
EVERYDAY = Path(__file__).with_name("everyday.txt")


def everyday() -> list[str]:
    """Everyday texts of all kinds."""
    lines = EVERYDAY.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


class Centred:
    """An encoder less its mean over everyday texts."""

    def __init__(self, within: Encoder) -> None:
        self._within, self.dimension, self.id = within, within.dimension, f"{within.id}, centred"
        self._mean = within.encode(everyday()).mean(axis=0)

    def encode(self, texts: Sequence[str]) -> Array:
        """The vectors of texts, one a row, each of length 1."""
        return unit(self._within.encode(texts) - self._mean)


def common(rows: Array) -> Array:
    """What vectors have in common, such as those of texts of one field, less of it where they are few."""
    found: Array = rows.mean(axis=0) * (len(rows) / (len(rows) + FEW))
    return found
