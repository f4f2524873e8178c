"""What is remembered of the newest few keys: a key that is never heard of again goes with time."""

from collections import OrderedDict
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
MOST = 1_000


class Recent(OrderedDict[K, V]):
    """A dictionary that lets its oldest key go when there are too many.

    Args:
        most: how many keys it holds.
    """

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > self._most:
            self.popitem(last=False)
