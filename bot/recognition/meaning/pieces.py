"""Splits a text into character n-grams, words and pairs of words, hashed; a misspelling changes few of them."""

import re
import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from bot.language.arrays import Array
from bot.language.text.normalise import normalise

BITS = 15
PLACES = 2 << BITS
"""The number of hash buckets: half for n-grams, half for words and pairs."""
SHORTEST, LONGEST = 2, 5
"""The fewest and the most bytes of an n-gram."""
_STEP, _SPREAD = np.uint32(1_000_003), np.uint32(2_654_435_761)
"""The base of the polynomial rolling hash, and Knuth's factor for a multiplicative hash."""
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+")


def take_apart(text: str) -> tuple[Array, Array]:
    """The buckets of a text's n-grams, and those of its words and pairs of words, each once, in ascending order."""
    words = _WORD.findall(_REPEATED.sub(r"\1", normalise(text)))
    said = [*words, *map("_".join, pairwise(words))]
    hashes = np.array([zlib.crc32(one.encode()) for one in said], np.uint32)
    return np.unique(_cut(words)), np.unique((hashes >> np.uint32(32 - BITS)) + np.uint32(1 << BITS))


def _cut(words: Sequence[str]) -> Array:
    """The buckets of all n-grams, which may reach from a word into the next."""
    signs = np.frombuffer(f" {' '.join(words)} ".encode(), np.uint8).astype(np.uint32)
    found, grown = [], signs
    for size in range(SHORTEST, min(LONGEST, len(signs)) + 1):
        grown = grown[:-1] * _STEP + signs[size - 1 :]
        found.append(grown)
    placed: Array = (np.concatenate(found) * _SPREAD) >> np.uint32(32 - BITS)
    return placed
