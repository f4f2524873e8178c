"""The natural process limits of a count, from control charts that earlier bursts do not deafen."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean, median

FEWEST_PERIODS = 8
"""The shortest baseline, in periods, for which limits are computed."""
XMR = 2.66
"""3 / d2 for moving ranges of two (d2 = 1.128): D. J. Wheeler, Understanding Variation, 2nd ed., 2000, ch. 3."""
XMR_MEDIAN = 3.145
"""3 / d4 for the median of moving ranges of two (d4 = 0.954): D. J. Wheeler and D. S. Chambers, Understanding
Statistical Process Control, 3rd ed., 2010, ch. 9."""
FEWEST_KEPT = 6
"""The periods that must be left without the signalled ones; with fewer, the level itself has changed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The natural process limits of a count."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value is within the limits: normal variation."""
        return self.low <= value <= self.high


def limits(baseline: Sequence[int]) -> Limits | None:
    """The natural process limits of a count of people.

    Periods outside the median chart of the baseline are signals themselves and leave it, so that a burst does not
    hide the next one; the limits are those of the mean chart of the rest. They are never closer to the mean than
    those of a c-chart: people who write independently make a count vary at least so much, and a few alike periods
    are luck.

    Args:
        baseline: the counts of the previous periods, the oldest first.

    Returns:
        The limits, or None for a baseline of fewer than eight periods.
    """
    if len(baseline) < FEWEST_PERIODS:
        return None
    robust = _at_least(median_chart(baseline), median(baseline))
    kept = [count for count in baseline if robust.holds(count)]
    return _at_least(mean_chart(kept), fmean(kept)) if len(kept) >= FEWEST_KEPT else robust


def mean_chart(values: Sequence[float]) -> Limits:
    """The limits of an XmR chart: mean ± 2.66 × mean moving range, not below zero."""
    return _around(fmean(values), XMR * fmean(_moving_ranges(values)))


def median_chart(values: Sequence[float]) -> Limits:
    """The limits of an XmR chart by medians: median ± 3.145 × median moving range, not below zero."""
    return _around(median(values), XMR_MEDIAN * median(_moving_ranges(values)))


def count_chart(mean: float) -> Limits:
    """The limits of a c-chart: mean ± 3 × √mean, not below zero.

    Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.1 "Counts Control Charts".
    """
    return _around(mean, 3 * sqrt(mean))


def _at_least(found: Limits, centre: float) -> Limits:
    least = count_chart(centre)
    return Limits(min(found.low, least.low), max(found.high, least.high))


def _moving_ranges(values: Sequence[float]) -> list[float]:
    return [abs(later - earlier) for earlier, later in pairwise(values)]


def _around(centre: float, reach: float) -> Limits:
    return Limits(max(0.0, centre - reach), centre + reach)
