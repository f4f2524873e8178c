"""The interface of indexes of similar texts, and the threshold that they share."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from storage.values import frozen

NEIGHBOURS = slice(10, 50)
"""The ranks, by cosine, of texts that are usually only about the same field."""
HUBNESS_WEIGHT = 0.5
"""The factor of the hubness that is added to the threshold, since among texts of one field all cosines are high."""


@frozen
class Near:
    """A text that is near to another.

    Attributes:
        cosine: the cosine of both, at most 1.
    """

    id: int
    cosine: float


class Alike(Protocol):
    """An index of texts by id. One thread at a time may change it; any number may search it meanwhile."""

    def take(self, own: int, expressed: Any) -> None:
        """Add a text that is not in it, by what `express` returned for it."""
        ...

    def remove(self, ids: Collection[int]) -> None:
        """Remove texts."""
        ...

    def compare(self, text: str) -> tuple[Any, Any]:
        """The ids of all texts, and their cosines with this one."""
        ...

    def express(self, texts: Sequence[str]) -> Any:
        """The vectors or terms that texts are compared by, in their order; cheaper for several texts at once."""
        ...

    def nearest(self, expressed: Any, most: Sequence[int]) -> list[list[Near]]:
        """For each text, given by what `express` returned, the texts that are near, the nearest first.

        Args:
            most: for each, the most results.
        """
        ...

    def search(self, text: str, most: int) -> list[Near]:
        """As `nearest`, for one text."""
        ...


def hubness(best: Sequence[float], unrelated: float) -> float:
    """The mean cosine of the neighbours at the ranks `NEIGHBOURS`.

    Args:
        best: the highest cosines, the highest first; all of them if there are fewer.
        unrelated: the cosine that stands for missing neighbours.
    """
    ranked = [*best[: NEIGHBOURS.stop], *[unrelated] * (NEIGHBOURS.stop - len(best))]
    neighbours = ranked[NEIGHBOURS]
    return sum(neighbours) / len(neighbours)
