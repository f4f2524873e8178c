"""What is so near to a text that it may say the same."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from storage.values import frozen

NEIGHBOURS = slice(10, 50)
"""The ranks, by cosine, of the texts that are merely about the same field."""
CROWDING = 0.5
"""The share of the crowd's cosine that is added to a floor: among texts of one field all cosines are high."""


@frozen
class Near:
    """A text that is near.

    Attributes:
        cosine: of both, at most 1.
    """

    id: int
    cosine: float


class Alike(Protocol):
    """An index of texts by id; it is changed by one thread at a time, and searched by any meanwhile."""

    def take(self, own: int, expressed: Any) -> None:
        """Take up a text that is not in it, by what `express` returned."""
        ...

    def remove(self, ids: Collection[int]) -> None:
        """Forget texts."""
        ...

    def compare(self, text: str) -> tuple[Any, Any]:
        """The ids of all texts, and their cosines with this one."""
        ...

    def express(self, texts: Sequence[str]) -> Any:
        """What texts are compared by, in their order; of several at a time cheaper than of each."""
        ...

    def nearest(self, expressed: Any, most: Sequence[int]) -> list[list[Near]]:
        """The texts that are near to what `express` returned, for each the nearest first; none when nothing is close.

        Args:
            most: for each, how many at most.
        """
        ...

    def search(self, text: str, most: int) -> list[Near]:
        """As `nearest`, of one text."""
        ...


def crowd(best: Sequence[float], unrelated: float) -> float:
    """The mean cosine of the neighbours that are not the nearest.

    Args:
        best: the highest cosines, the highest first; all of them where there are fewer than ranks.
        unrelated: the cosine of texts that have nothing to do with each other, for neighbours that are not there.
    """
    ranked = [*best[: NEIGHBOURS.stop], *[unrelated] * (NEIGHBOURS.stop - len(best))]
    neighbours = ranked[NEIGHBOURS]
    return sum(neighbours) / len(neighbours)
