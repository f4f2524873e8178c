"""Simulates counts of people, and applies the watch to them each hour."""

from collections.abc import Iterator
from statistics import median

import numpy as np
from numpy.typing import NDArray

from bot.signals.watching import FEWEST_FOR_ALERT, is_crisis

Counts = NDArray[np.int64]
Draw = np.random.Generator
RATES = (2, 10, 35, 100)
"""The mean numbers of people a week."""
DISPERSIONS = (1.0, 1.5, 2.0, 4.0)
"""The variance over the mean: 1 when people write independently (Poisson), more when they prompt each other."""
DAY, DAYS, TOLD = 24, 28, 48
"""The watch's window in hours, the days it is compared with, and the hours in which a recurrence is the same alert."""


def simulated(draw: Draw, mean: float, dispersion: float, size: int) -> Counts:
    """Random counts: Poisson for dispersion 1, else negative binomial.

    Args:
        mean: the expected count.
        dispersion: the variance over the mean.
        size: the number of counts.
    """
    if dispersion == 1:
        return draw.poisson(mean, size)
    return draw.negative_binomial(mean / (dispersion - 1), 1 / dispersion, size)


def watched(hourly: Counts) -> Iterator[int]:
    """The hours in which the watch opens an alert, among those with enough previous days to compare with."""
    windows, last = sums(hourly, DAY), -TOLD
    for at in map(int, DAY * DAYS + np.flatnonzero(windows[DAY * DAYS :] >= FEWEST_FOR_ALERT)):
        if _is_alert(int(windows[at]), ints(windows[at - DAY * DAYS : at : DAY])):
            if at - last >= TOLD:
                yield at + DAY - 1
            last = at


def sums(counts: Counts, length: int) -> Counts:
    """The moving sums of `length` counts."""
    return np.convolve(counts, np.ones(length, dtype=np.int64), "valid")


def ints(counts: Counts) -> list[int]:
    """The counts as a list of ints."""
    return [int(count) for count in counts]


def _is_alert(people: int, before: list[int]) -> bool:
    # A count of at most two roots above the median is within any limits; computing these takes far longer.
    usual: float = median(before)
    return people > usual + 2 * usual**0.5 and is_crisis(people, before, chosen=False)
