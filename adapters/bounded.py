"""A dictionary of bounded size, for state whose oldest entries may be lost."""

from collections import OrderedDict
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")
MOST_KEYS = 1_000


class BoundedDict(OrderedDict[K, V]):
    """A dictionary that drops the least recently written key when it is full.

    Args:
        most: the most keys it holds.
    """

    def __init__(self, most: int = MOST_KEYS) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > self._most:
            self.popitem(last=False)
