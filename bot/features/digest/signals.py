"""Tells an unusual count from normal variation, with the limits of an XmR control chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

FEWEST_PERIODS = 8
"""The shortest baseline, in periods, for which limits are computed."""
XMR = 2.66
"""3 / d2 for moving ranges of two (d2 = 1.128): D. J. Wheeler, Understanding Variation, 2nd ed., 2000, ch. 3."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The natural process limits of a count."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value is within the limits: normal variation."""
        return self.low <= value <= self.high


def limits(baseline: Sequence[int]) -> Limits | None:
    """The natural process limits of a count: mean ± 2.66 × mean moving range, not below zero.

    Args:
        baseline: the counts of the previous periods, the oldest first.

    Returns:
        The limits, or None for a baseline of fewer than eight periods.
    """
    if len(baseline) < FEWEST_PERIODS:
        return None
    reach = XMR * fmean(abs(later - earlier) for earlier, later in pairwise(baseline))
    mean = fmean(baseline)
    return Limits(max(0.0, mean - reach), mean + reach)
