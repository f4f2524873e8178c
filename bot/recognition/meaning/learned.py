"""What was learned of the packaged sentences, in a file beside them: nothing is encoded or fitted at a start.

`python -m bot.recognition.meaning` writes it anew after a change of a sentence, `--check` says whether it is due.
"""

import hashlib
from pathlib import Path

import numpy as np

from bot.language.encoding.encoder import Encoder
from bot.language.encoding.packing import Packed, pack
from bot.language.text.frame import unframe
from bot.recognition.meaning.regression import PENALTY, Regression, fit
from bot.recognition.meaning.sentences import Sentences
from bot.recognition.phrasebook.table import PACKAGED

SHARPNESS = 2.0
"""Of the regression over the packaged sentences, chosen with groups of like ones left out in turn."""
FILE = PACKAGED / "sentences.npy"
"""Three arrays, one after another: the sentences' vectors as levels and scales, and their weights, after a digest."""


def digest(encoder: Encoder, sentences: Sentences) -> bytes:
    """What the learned depends on, in 32 bytes."""
    texts = (f"{label}\t{text}" for label, texts in sentences._asdict().items() for text in texts)
    whole = "\n".join([encoder.id, f"{SHARPNESS} {PENALTY}", *texts])
    return hashlib.sha256(whole.encode()).digest()


def learn(encoder: Encoder, sentences: Sentences) -> tuple[Packed, Regression]:
    """Encode sentences and fit a regression to them: about 1 for danger, -1 for what is ordinary; ten seconds."""
    texts = [*sentences.danger, *sentences.ordinary]
    labels = np.where(np.arange(len(texts)) < len(sentences.danger), 1.0, -1.0)
    rows = pack(encoder.encode([unframe(text) for text in texts]))
    return rows, fit(rows.unpack(), labels, SHARPNESS)


def write(encoder: Encoder, sentences: Sentences, file: Path = FILE) -> None:
    """Learn, and store what was learned."""
    rows, regression = learn(encoder, sentences)
    with file.open("wb") as stream:
        for part in (np.frombuffer(digest(encoder, sentences), np.uint8), rows.levels, rows.scales, regression.weights):
            np.save(stream, part)


def recall(encoder: Encoder, sentences: Sentences, file: Path = FILE) -> Regression | None:
    """What was learned of these sentences with this encoder; None when the file is of others."""
    if not file.exists():
        return None
    with file.open("rb") as stream:
        if np.load(stream).tobytes() != digest(encoder, sentences):
            return None
        levels, scales, weights = (np.load(stream) for _ in range(3))
    return Regression(Packed(levels, scales).unpack(), weights, SHARPNESS)
