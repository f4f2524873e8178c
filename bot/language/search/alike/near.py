"""What is so near to a text that it may say the same."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from bot.language.arrays import Array

NEIGHBOURS = slice(10, 50)
"""The ranks, by cosine, of the texts that are merely about the same field."""
CROWDING = 0.5
"""The share of the crowd's cosine that is added to a floor: among texts of one field all cosines are high."""


@dataclass(frozen=True, slots=True)
class Near:
    """A text that is near.

    Attributes:
        cosine: of both, at most 1.
    """

    id: int
    cosine: float


class Alike(Protocol):
    """An index of texts by id; it is changed by one thread at a time, and searched by any meanwhile."""

    def remove(self, ids: Collection[int]) -> None:
        """Forget texts."""
        ...

    def compare(self, text: str) -> tuple[Array, Array]:
        """The ids of all texts, and their cosines with this one."""
        ...

    def search(self, text: str, most: int) -> list[Near]:
        """The texts that are near, the nearest first; none when nothing is close."""
        ...


def choose(ids: Array, cosines: Array, floor: float, unrelated: float, most: int) -> list[Near]:
    """Those that are near, the nearest first, at most so many.

    Args:
        floor: the cosine from which they are, with a share of the crowd's on top.
        unrelated: as for `crowd`.
    """
    close = np.flatnonzero(cosines >= floor + CROWDING * crowd(cosines, unrelated))
    best = close[np.argsort(-cosines[close], kind="stable")[:most]]
    return [Near(int(ids[at]), float(cosines[at])) for at in best]


def crowd(cosines: Array, unrelated: float) -> float:
    """The mean cosine of the neighbours that are not the nearest.

    Args:
        unrelated: the cosine of texts that have nothing to do with each other, for neighbours that are not there.
    """
    last = NEIGHBOURS.stop
    best = np.partition(cosines, len(cosines) - last)[-last:] if len(cosines) > last else cosines
    ranked = np.full(last, unrelated)
    ranked[: len(best)] = np.sort(best)[::-1]
    return float(ranked[NEIGHBOURS].mean())
