"""The natural process limits of a count, from control charts that earlier bursts do not deafen.

Counts of people are skewed, most of all where people wake each other, and vary the more the more there are: their
roots hardly do. The root of x + 3/8 has nearly the same standard deviation whatever the mean of a count is (F. J.
Anscombe, The transformation of Poisson, binomial and negative-binomial data, Biometrika 35, 1948). So the limits are
those of an individuals chart of the roots, taken back to people.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from statistics import fmean, median, stdev

from storage.values import frozen

FEWEST_PERIODS = 8
"""The shortest baseline, in periods, for which limits are computed."""
SIGMAS = 3.0
"""How many standard deviations from the centre the limits are: W. A. Shewhart's choice."""
D4 = 0.954
"""The median of the moving range of two, in standard deviations: D. J. Wheeler and D. S. Chambers, Understanding
Statistical Process Control, 3rd ed., 2010, table A.1. 3 / d4 = 3.145 is the usual factor of an XmR chart of medians."""
SHIFT = 3 / 8
"""What is added to a count before its root is taken."""
RUN = 5
"""The periods of which four make a run."""
FEWEST_KEPT = 6
"""The periods that must be left without the signalled ones; with fewer, the level itself has changed."""
BURST = 10
"""The people more than the median that make a period a signal of its baseline at least: where two are usual, five are
but a lively week, and without those nothing would be left of how lively weeks are."""


@frozen
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
    hide the next one; the limits are those of the roots of the rest. They are never closer to the mean than those of
    a c-chart: people who write independently make a count vary at least so much, and a few alike periods are luck.

    Args:
        baseline: the counts of the previous periods, the oldest first.
        sigmas: how many standard deviations the limits are from the centre; more where a chart is looked at often.

    Returns:
        The limits, or None for a baseline of fewer than eight periods.
    """
    if len(baseline) < FEWEST_PERIODS:
        return None
    usual = _at_least(median_chart(baseline), median(baseline), SIGMAS)
    most = max(usual.high, median(baseline) + BURST)
    kept = [count for count in baseline if usual.low <= count <= most]
    if len(kept) < FEWEST_KEPT:
        return _at_least(median_chart(baseline, sigmas), median(baseline), sigmas)
    return _at_least(root_chart(kept, sigmas), fmean(kept), sigmas)


def runs_high(values: Sequence[int]) -> bool:
    """Whether the last of some counts ends a run of high ones: the third of the Western Electric rules.

    Four of the last five, and the last itself, are more than one standard deviation above what was usual before them
    (Western Electric Company, Statistical Quality Control Handbook, 1956, p. 26). It finds what rises slowly, where
    each week is little more than the one before. Without eight periods before those five, nothing is told.
    """
    found = limits(values[:-RUN], 1)
    return found is not None and values[-1] > found.high and sum(one > found.high for one in values[-RUN:]) >= RUN - 1


def root_chart(values: Sequence[float], sigmas: float = SIGMAS) -> Limits:
    """The limits of the roots of counts, mean ± sigmas × standard deviation, taken back to counts."""
    roots = [sqrt(count + SHIFT) for count in values]
    centre, reach = fmean(roots), sigmas * spread(roots)
    return Limits(max(max(centre - reach, 0) ** 2 - SHIFT, 0), (centre + reach) ** 2 - SHIFT)


def spread(values: Sequence[float]) -> float:
    """The standard deviation that one more value has from the mean of these, each estimated from few.

    The sample's, divided by c4 = (4n - 4) / (4n - 3), so that it is not too small on average (NIST/SEMATECH e-Handbook
    of Statistical Methods, 6.3.2), times the root of 1 + 1/n for the mean, which is uncertain, too.
    """
    n = len(values)
    return stdev(values) * (4 * n - 3) / (4 * n - 4) * sqrt(1 + 1 / n)


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
