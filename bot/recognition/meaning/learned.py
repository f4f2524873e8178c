"""The model fitted to the packaged sentences, in a file beside them, so that nothing is encoded or fitted at a start.

`python -m bot.recognition.meaning` fits it again after a change of a sentence; `--check` says whether that is due.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.text.frame import unframe
from bot.recognition.meaning import pieces, regression
from bot.recognition.meaning.regression import Regression, fit
from bot.recognition.meaning.sentences import Sentences
from bot.recognition.phrasebook.table import PACKAGED

FILE = PACKAGED / "sentences.npy"


class Learned(NamedTuple):
    """The arrays in the file, all but the first in half precision.

    Attributes:
        digest: the digest of the encoder's id, the sentences and the parameters it was fitted with.
        base, slopes, bends, rarities, worths: as in `Regression`.
    """

    digest: Array
    base: Array
    slopes: Array
    bends: Array
    rarities: Array
    worths: Array

    def regression(self) -> Regression:
        """The model, ready to predict."""
        return Regression(*(part.astype(np.float32) for part in self[1:]))


def learn(encoder: Encoder, sentences: Sentences) -> Learned:
    """Encode sentences and fit a model to them: about 1 for danger, -1 for ordinary ones. It takes a minute of CPU."""
    texts = [*sentences.danger, *sentences.ordinary]
    vectors = encoder.encode([unframe(text) for text in texts])
    found = fit(vectors, texts, sentences.labels())
    parts = (found.base, found.slopes, found.bends, found.rarities, found.worths)
    return Learned(_digest(encoder, sentences), *(np.asarray(part, np.float16) for part in parts))


def write(learned: Learned, file: Path = FILE) -> None:
    """Write a fitted model to its file."""
    with file.open("wb") as stream:
        for part in learned:
            np.save(stream, part)


def read_learned(encoder: Encoder, sentences: Sentences, file: Path = FILE) -> Learned | None:
    """Read the model fitted to these sentences with this encoder; None if there is no file, or it is of others."""
    if not file.exists():
        return None
    with file.open("rb") as stream:
        digest = np.load(stream)
        if not np.array_equal(digest, _digest(encoder, sentences)):
            return None
        return Learned(digest, *(np.load(stream) for _ in Learned._fields[1:]))


def _digest(encoder: Encoder, sentences: Sentences) -> Array:
    lines = (f"{label}\t{text}" for label, texts in sentences._asdict().items() for text in texts)
    chosen = (regression.BASE, regression.SLOPE, regression.BEND, regression.SPELLING, regression.PENALTY, pieces.BITS)
    whole = "\n".join([encoder.id, repr(chosen), *lines])
    return np.frombuffer(hashlib.sha256(whole.encode()).digest(), np.uint8)
