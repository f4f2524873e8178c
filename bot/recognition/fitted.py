"""Keeps the regression over the packaged sentences in a file beside them: to fit it takes seconds and 30 MiB.

Whatever the file was not made of, as with sentences of an operator's own or another encoder, is fitted at the start.
"""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.packing import load, pack
from bot.recognition.sentences import Sentences

FILE = Path(__file__).with_name("tables") / "sentences.fitted"
_WEIGHT = np.dtype("<f4")


class Fitted(NamedTuple):
    """A regression over sentences.

    Attributes:
        rows: their vectors, one a row.
        weights: of each.
    """

    rows: Array
    weights: Array


def sign(encoder: str, sentences: Sentences) -> bytes:
    """A digest of what a regression is made of.

    Args:
        encoder: the id of the encoder.
    """
    return hashlib.sha256(json.dumps([encoder, *sentences]).encode()).digest()


def read(made_of: bytes, dimension: int) -> Fitted | None:
    """The regression in the file; None where it was made of something else.

    Args:
        made_of: what `sign` gives.
        dimension: of the vectors.
    """
    data = FILE.read_bytes() if FILE.is_file() else b""
    if not data.startswith(made_of):
        return None
    count = (len(data) - len(made_of)) // (dimension + 2 * _WEIGHT.itemsize)
    weights = np.frombuffer(data, _WEIGHT, count, len(made_of)).astype(np.float32)
    return Fitted(load(data[len(made_of) + weights.nbytes :], dimension).unpack().astype(np.float32), weights)


def write(made_of: bytes, fitted: Fitted) -> None:
    """Write the file."""
    FILE.write_bytes(made_of + fitted.weights.astype(_WEIGHT).tobytes() + pack(fitted.rows).dump())
