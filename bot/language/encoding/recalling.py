"""Spares encoding a text once more that was encoded a moment ago, as when one message is looked at in several ways."""

import hashlib
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.language.arrays import Array
    from bot.language.encoding.encoder import Encoder

LATELY = 512
"""Texts whose vectors are recalled: as many as may be said between two looks at one message, in a burst; 1 MiB."""


@runtime_checkable
class Resting(Protocol):
    """An encoder that can give memory back between two texts."""

    def rest(self) -> None:
        """Give it back."""
        ...


class Recalling:
    """An encoder that recalls the vectors of the texts that it encoded last, by their digests.

    Of more texts at a time than it recalls, as of a whole base, it recalls none.
    """

    def __init__(self, within: "Encoder") -> None:
        self._within, self.id, self.dimension = within, within.id, within.dimension
        self._lately: dict[bytes, Array] = {}
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> "Array":
        """The vectors of texts, one a row, each of length 1."""
        if not 0 < len(texts) <= LATELY:
            return self._within.encode(texts)
        import numpy as np  # noqa: PLC0415 - not everyone has an encoder

        keys = [hashlib.sha256(text.encode(errors="replace")).digest() for text in texts]
        with self._lock:
            found = {key: self._lately[key] for key in keys if key in self._lately}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if new:
            encoded = dict(zip(new, self._within.encode(list(new.values())), strict=True))
            self._note(encoded)
            found |= encoded
        rows: Array = np.stack([found[key] for key in keys])
        return rows

    def rest(self) -> None:
        """Give back what the encoder does not need until its next text."""
        if isinstance(self._within, Resting):
            self._within.rest()

    def _note(self, encoded: "dict[bytes, Array]") -> None:
        with self._lock:
            self._lately |= encoded
            while len(self._lately) > LATELY:
                del self._lately[next(iter(self._lately))]
