"""Tells from chance that more people than usual write day after day, though on no day a crowd: a CUSUM of counts."""

from collections.abc import Sequence
from math import log
from statistics import fmean, variance

from bot.signals.limits import limits
from storage.values import frozen

TWICE = 2.0
"""The change that is looked for: twice as many people as usual. Less is noticed, too, if it lasts longer."""
LATELY = 14
"""The days in which a shift may have begun."""
FEWEST_DAYS, MOST_DAYS = 42, 84
"""The days before those that tell what is usual: with fewer, it is too early to tell."""
FEWEST_LASTED = 3
"""The fewest days that are a shift: what is over sooner is the watch's, or nothing."""
QUIET_DAYS = 365
"""The days for which chance alone raises no alarm, on average, where what is usual is known exactly."""
LEAST = 1 / 7
"""The fewest people a day that count as usual: nobody at all would make anybody a shift."""


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
    """The shift that goes on on the last of some days; None for none, or where it is too early to tell.

    A cumulative sum of what each day speaks for twice as many people, begun anew whenever it speaks against it (E. S.
    Page, Continuous Inspection Schemes, Biometrika 41, 1954). A day's count x speaks for it by the log of its
    likelihood ratio, that of a Poisson variable, x ln 2 - mean (J. M. Lucas, Counted Data CUSUM's, Technometrics 27,
    1985), divided by the variance over the mean where people wake each other, as a quasi-likelihood is (P. McCullagh
    and J. A. Nelder, Generalized Linear Models, 2nd ed., 1989, chapter 9). Without a change, a sum of such logs takes
    e^limit days at least, on average, to rise above a limit (G. Lorden, Procedures for Reacting to a Change in
    Distribution, Annals of Mathematical Statistics 42, 1971). No day counts for more than its own limits, so that one
    day alone is no shift.

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
    """Whether so many people a day are nearer to what is usual than to twice as many, by what they are more likely of.

    Args:
        lately: the people of some days.
        usual: how many a day are usual.
    """
    return fmean(lately) <= (TWICE - 1) * usual / log(TWICE)
