"""Takes out of an encoder's vectors what all texts have in common, without which every cosine is near 1."""

from collections.abc import Sequence
from pathlib import Path

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder, unit

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
