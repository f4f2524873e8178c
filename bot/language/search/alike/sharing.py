"""Sums the squared weights of the terms that texts share with a query: in Python for few texts, with numpy for many.

Texts are known by their slots, from 0 on. Importing numpy takes 40 MiB, which is not worth it for few texts.
"""

from array import array
from collections.abc import Iterable
from heapq import nlargest
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.language.arrays import Array

MOST_LIKELY = 64
"""The most texts, among many, whose cosines are computed: those with the largest sums for their length."""

Listed = Iterable[tuple["array[int]", float]]
"""For each term, the slots of the texts that have it, and the square of its weight."""


class Sharing(Protocol):
    """The sums of the squared weights of shared terms."""

    def largest(self) -> float:
        """The largest sum."""
        ...

    def near(self, least: float, by_length: float, rest: float) -> list[int]:
        """The slots of texts whose sum, plus `rest`, is at least `least` and at least `by_length` times their length.

        Args:
            rest: the most that may be missing from each sum.
        """
        ...

    def nearest(self, most: int) -> list[int]:
        """The slots of the texts with the largest sums relative to their lengths, the largest first."""
        ...


class Few:
    """The sums among few texts, in Python.

    Args:
        listed: the terms of the query.
        lengths: by slot, the length of the text.
    """

    def __init__(self, listed: Listed, lengths: "array[float]") -> None:
        self._lengths = lengths
        self._sums: dict[int, float] = {}
        sums, get = self._sums, self._sums.get
        for slots, square in listed:
            for slot in slots:
                sums[slot] = get(slot, 0.0) + square

    def largest(self) -> float:
        """As `Sharing` says."""
        return max(self._sums.values(), default=0.0)

    def near(self, least: float, by_length: float, rest: float) -> list[int]:
        """As `Sharing` says."""
        lengths, least = self._lengths, least - rest
        return [slot for slot, own in self._sums.items() if own >= least and own + rest >= by_length * lengths[slot]]

    def nearest(self, most: int) -> list[int]:
        """As `Sharing` says."""
        sums, lengths = self._sums, self._lengths
        return nlargest(most, sums, key=lambda slot: sums[slot] / lengths[slot])


class Many:
    """The sums among many texts, with numpy."""

    def __init__(self, listed: Listed, lengths: "array[float]") -> None:
        import numpy as np  # noqa: PLC0415 - see above

        self._np = np
        self._lengths = np.array(lengths)
        self._sums = np.zeros(len(lengths))
        for slots, square in listed:
            self._sums[np.frombuffer(slots, np.intc)] += square

    def largest(self) -> float:
        """As `Sharing` says."""
        return float(self._sums.max(initial=0.0))

    def near(self, least: float, by_length: float, rest: float) -> list[int]:
        """As `Sharing` says; at most `MOST_LIKELY`, the nearest."""
        whole = self._sums + rest
        fits = (whole >= least) & (whole >= by_length * self._lengths) & (self._sums > 0)
        return self._best(self._np.flatnonzero(fits), MOST_LIKELY)

    def nearest(self, most: int) -> list[int]:
        """As `Sharing` says."""
        return self._best(self._np.flatnonzero(self._sums), most)

    def _best(self, slots: "Array", most: int) -> list[int]:
        shares = self._sums[slots] / self._lengths[slots]
        if len(slots) > most:
            kept = self._np.argpartition(-shares, most)[:most]
            slots, shares = slots[kept], shares[kept]
        return [int(slot) for slot in slots[self._np.argsort(-shares, kind="stable")]]
