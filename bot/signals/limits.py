"""The natural process limits of a count, from control charts that earlier bursts do not deafen."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean, median

FEWEST_PERIODS = 8
"""The shortest baseline, in periods, for which limits are computed."""
SIGMAS = 3.0
"""How many standard deviations from the centre the limits are: W. A. Shewhart's choice."""
D2, D4 = 1.128, 0.954
"""The mean and the median of the moving range of two, in standard deviations: D. J. Wheeler and D. S. Chambers,
Understanding Statistical Process Control, 3rd ed., 2010, table A.1. 3 / d2 = 2.66 and 3 / d4 = 3.145 are the usual
factors of an XmR chart."""
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


def limits(baseline: Sequence[int], sigmas: float = SIGMAS) -> Limits | None:
    """The natural process limits of a count of people.

    Periods outside the median chart of the baseline are signals themselves and leave it, so that a burst does not
    hide the next one; the limits are those of the mean chart of the rest. They are never closer to the mean than
    those of a c-chart: people who write independently make a count vary at least so much, and a few alike periods
    are luck.

    Args:
        baseline: the counts of the previous periods, the oldest first.
        sigmas: how many standard deviations the limits are from the centre; more where a chart is looked at often.

    Returns:
        The limits, or None for a baseline of fewer than eight periods.
    """
    if len(baseline) < FEWEST_PERIODS:
        return None
    robust = _at_least(median_chart(baseline), median(baseline), SIGMAS)
    kept = [count for count in baseline if robust.holds(count)]
    if len(kept) < FEWEST_KEPT:
        return _at_least(median_chart(baseline, sigmas), median(baseline), sigmas)
    return _at_least(mean_chart(kept, sigmas), fmean(kept), sigmas)


def mean_chart(values: Sequence[float], sigmas: float = SIGMAS) -> Limits:
    """The limits of an XmR chart: mean ± sigmas × mean moving range / d2, not below zero."""
    return _around(fmean(values), sigmas / D2 * fmean(_moving_ranges(values)))


def median_chart(values: Sequence[float], sigmas: float = SIGMAS) -> Limits:
    """The limits of an XmR chart by medians: median ± sigmas × median moving range / d4, not below zero."""
    return _around(median(values), sigmas / D4 * median(_moving_ranges(values)))


def count_chart(mean: float, sigmas: float = SIGMAS) -> Limits:
    """The limits of a c-chart: mean ± sigmas × √mean, not below zero.

    Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.1 "Counts Control Charts".
    """
    return _around(mean, sigmas * sqrt(mean))


def _at_least(found: Limits, centre: float, sigmas: float) -> Limits:
    least = count_chart(centre, sigmas)
    return Limits(min(found.low, least.low), max(found.high, least.high))


def _moving_ranges(values: Sequence[float]) -> list[float]:
    return [abs(later - earlier) for earlier, later in pairwise(values)]


def _around(centre: float, reach: float) -> Limits:
    return Limits(max(0.0, centre - reach), centre + reach)
