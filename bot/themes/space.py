"""The vectors of a period's texts: an encoder's, or those of their words where there is none."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.centred import everyday
from bot.language.encoding.packing import Packed, load, pack
from bot.language.text.frame import unframe
from bot.language.text.normalise import has_words, normalise
from bot.language.text.terms import Terms
from bot.similar.shelf import digest
from bot.themes.linkage import MEANING, WORDS, Floors, alike, product

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder

BATCH = 512
"""Texts encoded at a time."""
NOTHING = "x"
"""Stands for a text of which no word is left."""
LANGUAGES = ("en", "fr")
"""Whose stems words are compared by, beside an encoder's vectors."""
BY_WORDS, SAME_WORDS = 0.3, 0.5
"""The weight of words beside meaning, and the cosine of words from which two texts count as having the same.

Chosen on other seeds than those `python -m benchmarks themes` prints: F of BANKING77 rises from 0.69 to 0.72, the noise
in themes falls from 0.36 to 0.32."""
Stored = Mapping[int, tuple[str, bytes]]
"""Stored vectors by item id, each with the digest of the words it is of."""


class Meanings:
    """Vectors of an encoder, packed.

    Args:
        texts: by item id, in the order of the rows.
        stored: those of other words, and those that are missing, are computed.

    Attributes:
        made: by item id, what was computed, to be stored.
    """

    floors: Floors = MEANING

    def __init__(self, texts: Mapping[int, str], encoder: "Encoder", stored: Stored) -> None:
        self.made: dict[int, tuple[str, bytes]] = {}
        self._encode(texts, encoder, stored)
        self._texts = list(texts.values())
        self._packed = _gather(list(texts), {**stored, **self.made}, encoder.dimension)

    def rows(self, at: Sequence[int] | Array) -> Any:
        """The vectors of these texts, by their numbers."""
        where = np.asarray(at, int)
        return Packed(self._packed.levels[where], self._packed.scales[where]).unpack()

    def alike(self, at: Sequence[int] | Array) -> Array:
        """How alike each two of these texts are: by their vectors, and by the words they share.

        Words tell apart what an encoder takes for the same, such as a card payment and a card withdrawal.
        """
        vectors = self.rows(at)
        words = Wordings(dict(enumerate(self._texts[int(one)] for one in at)), LANGUAGES, range(len(at)))
        shared = np.minimum(words.alike(range(len(at))) / SAME_WORDS, 1)
        return (1 - BY_WORDS) * product(vectors, vectors) + BY_WORDS * shared

    def _encode(self, texts: Mapping[int, str], encoder: "Encoder", stored: Stored) -> None:
        wanted = {own: digest(text) for own, text in texts.items()}
        missing = iter([own for own, found in wanted.items() if own not in stored or stored[own][0] != found])
        while some := list(islice(missing, BATCH)):
            packed = pack(encoder.encode([unframe(texts[own]) for own in some]))
            self.made |= {own: (wanted[own], packed[at : at + 1].dump()) for at, own in enumerate(some)}


class Wordings:
    """Vectors of words: TF-IDF over some of the texts, and everyday ones.

    Without those, words that all texts of a quiet week share would weigh nothing, and what they are about be lost.

    Args:
        fitted: the numbers of the texts whose words are counted.
    """

    floors: Floors = WORDS
    made: Mapping[int, tuple[str, bytes]] = {}

    def __init__(self, texts: Mapping[int, str], languages: tuple[str, ...], fitted: Sequence[int]) -> None:
        self._texts = [_plain(text) for text in texts.values()]
        self._places = {at: row for row, at in enumerate(fitted)}
        self._terms = Terms([*(self._texts[at] for at in fitted), *_everyday()], languages)

    def rows(self, at: Sequence[int] | Array) -> Any:
        """The vectors of these texts, by their numbers."""
        wanted = [int(one) for one in at]
        if all(one in self._places for one in wanted):
            return self._terms.rows[[self._places[one] for one in wanted]]
        return self._terms.vectors([self._texts[one] for one in wanted])

    def alike(self, at: Sequence[int] | Array) -> Array:
        """How alike each two of these texts are."""
        return alike(self.rows(at))


Space = Meanings | Wordings


def _gather(ids: Sequence[int], found: Stored, dimension: int) -> Packed:
    return load_all(b"".join(found[own][1][:4] for own in ids), b"".join(found[own][1][4:] for own in ids), dimension)


def load_all(scales: bytes, levels: bytes, dimension: int) -> Packed:
    """Many packed vectors, from their scales and their levels."""
    return load(scales + levels, dimension)


@cache
def _everyday() -> tuple[str, ...]:
    return tuple(_plain(text) for text in everyday())


def _plain(text: str) -> str:
    plain = normalise(unframe(text))
    return plain if has_words(plain) else NOTHING
