"""Caches the vectors of texts encoded a moment ago, since one message is compared with several things."""

import hashlib
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bot.language.arrays import Array
    from bot.language.encoding.encoder import Encoder

LATELY = 512
"""The most texts whose vectors are cached: enough for a burst of messages; 1 MiB."""


@runtime_checkable
class Releasing(Protocol):
    """An encoder that can release memory between two texts."""

    def release(self) -> None:
        """Release memory that is not needed until the next text."""
        ...


class CachingEncoder:
    """An encoder that caches the vectors of the texts that it encoded last, by their digests.

    A call with more than `LATELY` texts, as of a whole knowledge base, bypasses the cache.
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

    def release(self) -> None:
        """Release the memory that the encoder does not need until its next text."""
        if isinstance(self._within, Releasing):
            self._within.release()

    def _note(self, encoded: "dict[bytes, Array]") -> None:
        with self._lock:
            self._lately |= encoded
            while len(self._lately) > LATELY:
                del self._lately[next(iter(self._lately))]
