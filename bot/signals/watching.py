"""Limits for a chart that is checked every few minutes, over a moving window of a day."""

from collections.abc import Sequence
from math import exp, sqrt
from statistics import fmean

from bot.signals.limits import limits

WATCH_SIGMAS = 5.0
"""Standard deviations from the centre: a moving window has many chances to be above three.
A Gaussian one is above u anew u φ(u) times a day (D. Aldous, Probability Approximations via the Poisson Clumping
Heuristic, 1989, section D): once a year at 3.5 or, estimated from 28 days, by Student's t at 4. The rest is for the
skewness that roots leave in overdispersed counts: `python -m benchmarks signals` shows the false alarms."""
FEWEST_FOR_ALERT = 8
"""The fewest people an alert is about: it interrupts, where a digest is read anyway."""
SCAN_SIGMAS = 5.0
"""Standard deviations for a count chosen as the highest of many, such as that of the theme most people speak of now.
They apply to its square root, whose standard deviation is a half whatever the mean is (M. S. Bartlett, 1936)."""
CHANCE, SKEWED = 2.9e-7, 50
"""The probability of exceeding so many standard deviations, and the mean up to which the Poisson distribution is used
instead of the root, since it is skewed: with a mean of one, ten are as rare as thirteen would be by the root."""


def bar(before: Sequence[int], *, chosen: bool) -> float | None:
    """The number of people in a moving window of a day above which there is a special cause.

    Args:
        before: the people in the days before, the oldest first.
        chosen: whether the count was chosen among many.

    Returns:
        That number, or None for fewer than eight days.
    """
    found = limits(before, WATCH_SIGMAS)
    if found is None or not chosen:
        return found.high if found else None
    mean = fmean([count for count in before if found.holds(count)] or before)
    return max(found.high, _rare(mean))


def is_crisis(people: int, before: Sequence[int], *, chosen: bool) -> bool:
    """Whether this number of people is a special cause, and enough for an alert; arguments as for `bar`.

    Without limits yet, twice as many are needed.
    """
    above = bar(before, chosen=chosen)
    return people >= 2 * FEWEST_FOR_ALERT if above is None else people >= FEWEST_FOR_ALERT and people > above


def _rare(mean: float) -> float:
    """The count that a Poisson variable with this mean exceeds with a chance of `CHANCE` at most."""
    if mean > SKEWED:
        return (sqrt(mean) + SCAN_SIGMAS / 2) ** 2
    number, term = 0, exp(-mean)
    tail = 1 - term
    while tail > CHANCE:
        number += 1
        term *= mean / number
        tail -= term
    return number
