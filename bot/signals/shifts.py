"""Detects that more people than usual write day after day, though on no single day unusually many: by a CUSUM."""

from collections.abc import Sequence
from math import log
from statistics import fmean, variance

from bot.signals.limits import limits
from storage.values import frozen

TWICE = 2.0
"""The change to detect: twice as many people as usual. A smaller one is detected later."""
LATELY = 14
"""The last days, in which a shift may have begun."""
FEWEST_DAYS, MOST_DAYS = 42, 84
"""The fewest and the most days before those, from which the usual number is estimated."""
FEWEST_LASTED = 3
"""The fewest days of a shift: a shorter rise is left to the alerts of a day."""
QUIET_DAYS = 365
"""The average number of days to a false alarm, at least, if the usual mean were known exactly."""
LEAST = 1 / 7
"""The lowest usual number of people a day: with zero, a single person would be a shift."""


@frozen
class Shift:
    """More people a day than usual.

    Attributes:
        days: for how many days, up to the last one.
        people: how many a day since then, on average.
        usual: how many a day before.
    """

    days: int
    people: float
    usual: float


def shift(counts: Sequence[int]) -> Shift | None:
    """The shift that is still going on on the last of some days; None for none, or with too few days.

    The statistic is a cumulative sum, reset to zero when it would be negative (E. S. Page, Continuous Inspection
    Schemes, Biometrika 41, 1954). A day's count x adds its log-likelihood ratio for twice the mean, that of a Poisson
    variable: x ln 2 - mean (J. M. Lucas, Counted Data CUSUM's, Technometrics 27, 1985), divided by the variance over
    the mean where counts are overdispersed, as a quasi-likelihood is (P. McCullagh and J. A. Nelder, Generalized Linear
    Models, 2nd ed., 1989, chapter 9). Without a change, such a sum takes e^limit days at least, on average, to exceed a
    limit (G. Lorden, Procedures for Reacting to a Change in Distribution, Annals of Mathematical Statistics 42, 1971).
    A day's count is capped at its upper limit, so that one day alone is no shift.

    Args:
        counts: the people of each day, the oldest first.
    """
    before, lately = counts[:-LATELY][-MOST_DAYS:], counts[-LATELY:]
    usual = limits(before)
    if usual is None or len(before) < FEWEST_DAYS:
        return None
    calm = [count for count in before if usual.holds(count)] or before
    mean = max(fmean(calm), LEAST)
    spread = max(variance(calm, mean) / mean, 1)
    total, days = 0.0, 0
    for count in lately:
        total = max(0.0, total + (min(count, usual.high) * log(TWICE) - (TWICE - 1) * mean) / spread)
        days = days + 1 if total else 0
    if total <= log(QUIET_DAYS) or days < FEWEST_LASTED:
        return None
    return Shift(days, fmean(lately[-days:]), mean)


def is_back(lately: Sequence[int], usual: float) -> bool:
    """Whether the number of people a day is back to usual: more likely under the usual mean than under twice that.

    Args:
        lately: the people of some days.
        usual: how many a day are usual.
    """
    return fmean(lately) <= (TWICE - 1) * usual / log(TWICE)
