"""Simulates counts of people, and lets the watch look at them each hour."""

from collections.abc import Iterator
from statistics import median

import numpy as np
from numpy.typing import NDArray

from bot.signals.watching import FEWEST_FOR_ALERT, is_crisis

Counts = NDArray[np.int64]
Draw = np.random.Generator
RATES = (2, 10, 35, 100)
"""People a week."""
DISPERSIONS = (1.0, 1.5, 2.0, 4.0)
"""The variance over the mean: 1 when everyone writes independently (Poisson), more when people wake each other."""
DAY, DAYS, TOLD = 24, 28, 48
"""Hours of the watch's window, the days it is compared with, and the hours in which what is back is the same alert."""


def simulated(draw: Draw, mean: float, dispersion: float, size: int) -> Counts:
    """So many counts, Poisson (dispersion 1) or negative binomial."""
    if dispersion == 1:
        return draw.poisson(mean, size)
    return draw.negative_binomial(mean / (dispersion - 1), 1 / dispersion, size)


def watched(hourly: Counts) -> Iterator[int]:
    """The hours in which the watch begins an alert, of all for which there are days enough to compare with."""
    windows, last = sums(hourly, DAY), -TOLD
    for at in map(int, DAY * DAYS + np.flatnonzero(windows[DAY * DAYS :] >= FEWEST_FOR_ALERT)):
        if _is_alert(int(windows[at]), ints(windows[at - DAY * DAYS : at : DAY])):
            if at - last >= TOLD:
                yield at + DAY - 1
            last = at


def sums(counts: Counts, length: int) -> Counts:
    """The sums of so many counts up to each."""
    return np.convolve(counts, np.ones(length, dtype=np.int64), "valid")


def ints(counts: Counts) -> list[int]:
    """The counts as the product has them."""
    return [int(count) for count in counts]


def _is_alert(people: int, before: list[int]) -> bool:
    # What is not more than two roots above the median is within any limits, which take far longer.
    usual: float = median(before)
    return people > usual + 2 * usual**0.5 and is_crisis(people, before, chosen=False)
