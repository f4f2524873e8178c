"""Spares encoding a text once more that was encoded a moment ago, as when one message is looked at in several ways."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.language.arrays import Array
    from bot.language.encoding.encoder import Encoder

LATELY = 512
"""Texts whose vectors are recalled: as many as may be said between two looks at one message, in a burst; 1 MiB."""


class Recalling:
    """An encoder that recalls the vectors of the texts that it encoded last, one at a time, by their digests."""

    def __init__(self, within: "Encoder") -> None:
        self._within, self.id, self.dimension = within, within.id, within.dimension
        self._lately: dict[bytes, Array] = {}

    def encode(self, texts: Sequence[str]) -> "Array":
        """The vectors of texts, one a row, each of length 1."""
        if len(texts) != 1:
            return self._within.encode(texts)
        key = hashlib.sha256(texts[0].encode(errors="replace")).digest()
        found = self._lately.get(key)
        if found is None:
            found = self._within.encode(texts)
            while len(self._lately) >= LATELY:
                self._lately.pop(next(iter(self._lately)), None)
            self._lately[key] = found
        return found.copy()
