"""Finds the texts nearest in meaning, by the cosines of vectors, computed in one matrix product."""

from collections.abc import Collection, Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.search.alike.near import HUBNESS_WEIGHT, NEIGHBOURS, Near, hubness

FLOOR, UNRELATED = 0.53, 0.15
"""The cosine from which texts are near, and the usual cosine of unrelated texts; see `near.hubness`.
Of texts of intents of CLINC150 and BANKING77 without an open item, 6 to 9 % find something near (three draws; 7 to 11 %
with a floor of 0.52, 5 to 7 with 0.54), and of the others 35 to 57 % find an item of their intent (38 to 60, and 32 to
54): `python -m benchmarks similar`.
"""
AT_ONCE = 8
"""The most vectors compared in one product, which reads all rows once; more would take memory for their cosines."""
SPARE = 1.5
"""The factor by which the array for vectors is made larger than needed, so that adding one does not copy all."""


class Meanings:
    """An index over vectors; see `Alike`."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept = np.empty(0, np.int64), np.empty((0, encoder.dimension), np.float32)

    def __len__(self) -> int:
        return len(self._kept[0])

    def add(self, ids: Sequence[int], rows: Array) -> None:
        """Add texts that are not in it, by their vectors, one a row."""
        known, room = self._kept
        end = len(known) + len(ids)
        if end > len(room):
            larger = np.empty((int(end * SPARE), room.shape[1]), np.float32)
            larger[: len(known)] = room[: len(known)]
            room = larger
        room[len(known) : end] = rows
        self._kept = np.concatenate([known, np.asarray(ids, np.int64)]), room

    def take(self, own: int, vector: Array) -> None:
        """Add a text that is not in it, by its vector."""
        self.add([own], vector[None])

    def remove(self, ids: Collection[int]) -> None:
        """Remove texts."""
        known, room = self._kept
        left = ~np.isin(known, list(ids))
        # A copy, since a search may be reading the present arrays.
        self._kept = known[left], room[: len(known)][left]

    def rows(self, ids: Sequence[int]) -> Array:
        """The vectors of texts that are in it."""
        known, room = self._kept
        at = {int(own): place for place, own in enumerate(known)}
        found: Array = room[[at[own] for own in ids]]
        return found

    def compare(self, text: str) -> tuple[Array, Array]:
        """The ids of all texts, and their cosines with this one."""
        ids, cosines = self._compare(self.express([text]))
        return ids, cosines[0]

    def search(self, text: str, most: int) -> list[Near]:
        """The texts that are near, the nearest first."""
        return self.nearest(self.express([text]), [most])[0]

    def express(self, texts: Sequence[str]) -> Array:
        """The vectors of texts, one a row."""
        return self._encoder.encode(texts)

    def nearest(self, vectors: Array, most: Sequence[int]) -> list[list[Near]]:
        """For each of these vectors, the texts that are near, the nearest first."""
        parts = range(0, len(vectors), AT_ONCE)
        compared = ((self._compare(vectors[at : at + AT_ONCE]), most[at : at + AT_ONCE]) for at in parts)
        return [
            _nearest(ids, own, count)
            for (ids, cosines), counts in compared
            for own, count in zip(cosines, counts, strict=True)
        ]

    def _compare(self, vectors: Array) -> tuple[Array, Array]:
        """The ids of all texts, and vectors × texts their cosines."""
        ids, room = self._kept
        return ids, vectors @ room[: len(ids)].T


def _nearest(ids: Array, cosines: Array, most: int) -> list[Near]:
    near = np.flatnonzero(cosines >= FLOOR)
    if not len(near):
        return []
    close = near[cosines[near] >= FLOOR + HUBNESS_WEIGHT * hubness(_highest(cosines), UNRELATED)]
    best = close[np.argsort(-cosines[close], kind="stable")[:most]]
    return [Near(int(ids[at]), float(cosines[at])) for at in best]


def _highest(cosines: Array) -> list[float]:
    """The highest cosines, the highest first, as many as `hubness` uses."""
    last = NEIGHBOURS.stop
    best = np.partition(cosines, len(cosines) - last)[-last:] if len(cosines) > last else cosines
    return [float(one) for one in np.sort(best)[::-1]]
