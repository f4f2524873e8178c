"""The natural process limits of a count, from control charts whose limits earlier bursts do not widen.

Counts of people are skewed, most of all where people prompt each other to write, and their variance grows with their
mean. The square root of x + 3/8 has nearly the same standard deviation whatever the mean is (F. J. Anscombe, The
transformation of Poisson, binomial and negative-binomial data, Biometrika 35, 1948). So the limits are those of an
individuals chart of the roots, transformed back to people.
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
"""Anscombe's constant, added to a count before its square root is taken."""
RUN = 5
"""The length of a run, in periods: four of these must be high."""
FEWEST_KEPT = 6
"""The fewest periods that must be left without the signalled ones; with fewer, the level itself has changed."""
BURST = 10
"""A period of the baseline is excluded only with more than this many people above the median: where two are usual,
five are a lively week, and the limits must know how lively weeks are."""


@frozen
class Limits:
    """The natural process limits of a count."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value is within the limits, which is normal variation."""
        return self.low <= value <= self.high


def limits(baseline: Sequence[int], sigmas: float = SIGMAS) -> Limits | None:
    """The natural process limits of a count of people.

    Periods outside the median chart of the baseline are signals themselves and are excluded, so that a burst does not
    hide the next one; the limits are computed from the roots of the rest. They are never narrower than those of a
    c-chart: counts of people who write independently vary at least that much, and some equal periods are chance.

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

    Four of the last five, and the last itself, are more than one standard deviation above the mean of the periods
    before them (Western Electric Company, Statistical Quality Control Handbook, 1956, p. 26). It finds slow rises. With
    fewer than eight periods before those five, it is False.
    """
    found = limits(values[:-RUN], 1)
    return found is not None and values[-1] > found.high and sum(one > found.high for one in values[-RUN:]) >= RUN - 1


def root_chart(values: Sequence[float], sigmas: float = SIGMAS) -> Limits:
    """The limits of the roots of counts, mean ± sigmas × standard deviation, transformed back to counts."""
    roots = [sqrt(count + SHIFT) for count in values]
    centre, reach = fmean(roots), sigmas * spread(roots)
    return Limits(max(max(centre - reach, 0) ** 2 - SHIFT, 0), (centre + reach) ** 2 - SHIFT)


def spread(values: Sequence[float]) -> float:
    """The standard deviation of a further value from the mean of these values, estimated from a small sample.

    It is the sample's standard deviation, divided by c4 ≈ (4n - 4) / (4n - 3), so that it is unbiased (NIST/SEMATECH
    e-Handbook of Statistical Methods, 6.3.2), times the root of 1 + 1/n for the uncertainty of the mean.
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
