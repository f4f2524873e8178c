"""The vectors of a period's texts: from an encoder or, without one, from their words."""

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
from bot.similar.community_index import digest
from bot.themes.linkage import MEANING, WORDS, Floors, alike, product

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder

BATCH = 512
"""The most texts encoded at a time."""
NOTHING = "x"
"""Replaces a text without any words."""
LANGUAGES = ("en", "fr")
"""The languages of the stems that are compared besides an encoder's vectors."""
BY_WORDS, SAME_WORDS = 0.3, 0.5
"""The weight of words beside meaning, and the cosine of words from which two texts count as having the same words.
Chosen on other seeds than those `python -m benchmarks themes` prints: F of BANKING77 rises from 0.69 to 0.72, the noise
in themes falls from 0.36 to 0.32."""
Stored = Mapping[int, tuple[str, bytes]]
"""By item id, the digest of its words and their packed vector."""


class Meanings:
    """Vectors of an encoder, packed.

    Args:
        texts: by item id, the texts, in the order of the rows.
        stored: the stored vectors; missing ones, and those of other words, are computed.

    Attributes:
        made: by item id, the computed vectors, to be stored.
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
        """The similarities of every two of these n texts, n × n: by their vectors, and by the words they share.

        Words tell apart what an encoder confuses, such as a card payment and a card withdrawal.
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
    """Vectors of words: TF-IDF with frequencies from some of the texts, and from everyday ones.

    Without the everyday texts, words that all texts of a quiet week share would have no weight.

    Args:
        texts: by item id, the texts, in the order of the rows.
        fitted: the row numbers of the texts whose words are counted.
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
        """The similarities of every two of these n texts, n × n."""
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
