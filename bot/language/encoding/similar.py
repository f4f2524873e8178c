"""Finds the texts that mean most nearly the same, by the cosine of their vectors less what all of them share."""

from collections.abc import Iterator, Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.centred import common
from bot.language.encoding.encoder import Encoder, unit
from bot.language.text.frame import unframe
from bot.language.text.normalise import normalise
from bot.language.text.splitting import WORD
from bot.language.text.terms import Terms

BATCH = 256
"""Texts compared with all others at a time, which bounds the memory it takes."""


def rank(
    texts: Sequence[str], encoder: Encoder | None, languages: tuple[str, ...], most: int = 3
) -> Iterator[list[tuple[int, float]]]:
    """By text, the numbers of the others most like it with their cosines, the nearest first.

    Args:
        texts: each with a word.
        encoder: None compares the words alone; those that share none are left out.
    """
    least = 0 if encoder is None else -1
    if encoder is None:
        rows = Terms([normalise(text) if WORD.search(normalise(text)) else "?" for text in texts], languages).rows
    else:
        rows = _centre(texts, encoder)
    for start in range(0, len(texts), BATCH):
        found = rows[start : start + BATCH] @ rows.T
        cosines = np.asarray(found.todense() if encoder is None else found)
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = -2
        for row in cosines:
            best = np.argsort(-row, kind="stable")[: min(most, len(texts) - 1)]
            yield [(int(at), float(row[at])) for at in best if row[at] > least]


def _centre(texts: Sequence[str], encoder: Encoder) -> Array:
    """The vectors of texts, each the mean of those with and without its frame, less what all of them share.

    Texts of one field, and requests of one tone, are all near to each other: less that, of 154 questions of 77 intents
    of BANKING77 56 % find their like among the nearest three instead of 52.
    """
    rows = unit(encoder.encode(texts) + encoder.encode([unframe(text) for text in texts]))
    return unit(rows - common(rows))
