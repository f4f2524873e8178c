"""What was learned of the packaged sentences, in a file beside them: nothing is encoded or fitted at a start.

`python -m bot.recognition.meaning` writes it anew after a change of a sentence; `--check` says whether that is due.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder, unit
from bot.language.encoding.packing import Packed, pack
from bot.language.text.frame import unframe
from bot.recognition.meaning.regression import PENALTY, Regression, find_axes, fit
from bot.recognition.meaning.sentences import Sentences
from bot.recognition.phrasebook.table import PACKAGED

SHARPNESS, AXES = 2.0, 256
"""Of the regression over the packaged sentences: chosen with themes left out in turn, where twice as many axes found no
more."""
FILE = PACKAGED / "sentences.npy"


class Learned(NamedTuple):
    """What the file holds, one array after another.

    Attributes:
        digest: of what was learned from.
        axes: the directions that are looked at, in half precision.
        levels: the sentences' vectors along them, packed.
        scales: what a level is worth, by sentence.
        weights: what each sentence counts.
    """

    digest: Array
    axes: Array
    levels: Array
    scales: Array
    weights: Array

    def regression(self) -> Regression:
        """Made ready to predict."""
        rows = Packed(self.levels, self.scales).unpack()
        return Regression(self.axes.astype(np.float32), rows, self.weights, SHARPNESS)


def learn(encoder: Encoder, sentences: Sentences) -> Learned:
    """Encode sentences and fit a regression to them: about 1 for danger, -1 for what is ordinary; ten seconds."""
    texts = [*sentences.danger, *sentences.ordinary]
    vectors = encoder.encode([unframe(text) for text in texts])
    axes = find_axes(vectors, AXES)
    rows = pack(unit(vectors @ axes))
    weights = fit(axes, rows.unpack(), sentences.labels(), SHARPNESS).weights
    return Learned(_digest(encoder, sentences), axes.astype(np.float16), rows.levels, rows.scales, weights)


def write(learned: Learned, file: Path = FILE) -> None:
    """Store what was learned."""
    with file.open("wb") as stream:
        for part in learned:
            np.save(stream, part)


def recall(encoder: Encoder, sentences: Sentences, file: Path = FILE) -> Learned | None:
    """What was learned of these sentences with this encoder; None when there is none, or it is of others."""
    if not file.exists():
        return None
    with file.open("rb") as stream:
        digest = np.load(stream)
        if not np.array_equal(digest, _digest(encoder, sentences)):
            return None
        return Learned(digest, *(np.load(stream) for _ in Learned._fields[1:]))


def _digest(encoder: Encoder, sentences: Sentences) -> Array:
    lines = (f"{label}\t{text}" for label, texts in sentences._asdict().items() for text in texts)
    whole = "\n".join([encoder.id, f"{SHARPNESS} {AXES} {PENALTY}", *lines])
    return np.frombuffer(hashlib.sha256(whole.encode()).digest(), np.uint8)
