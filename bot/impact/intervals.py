"""95 % confidence intervals for what is counted of few rows.

Shares: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
Medians: order statistics, W. J. Conover, Practical Nonparametric Statistics, 3rd ed. (1999), section 3.2.
Both are a few lines; scipy.stats, which has them too, takes a second and 60 MiB of who asks for a report.
"""

from collections.abc import Sequence
from itertools import accumulate
from math import comb, sqrt
from statistics import NormalDist

FEW = 30
"""With fewer rows than this, an interval is shown."""
TAIL = (1 - 0.95) / 2
"""The chance that the truth lies below an interval, and that it lies above."""
Interval = tuple[float, float]


def of_share(part: int, whole: int) -> Interval | None:
    """The Wilson interval of a share; None for many rows, and for none."""
    if not 0 < whole < FEW:
        return None
    z = NormalDist().inv_cdf(1 - TAIL)
    middle = part + z * z / 2
    reach = z * sqrt(part * (whole - part) / whole + z * z / 4)
    # Of a share that is all, rounding would leave the end beside 1.
    high = (middle + reach) / (whole + z * z) if part < whole else 1.0
    return (middle - reach) / (whole + z * z), high


def of_median(values: Sequence[float]) -> Interval | None:
    """The interval between two of the values that holds the median; None for many rows, and for fewer than six."""
    if not 0 < len(values) < FEW:
        return None
    ordered, outside = sorted(values), _outside(len(values))
    # Of so few values, even the lowest and the highest do not hold it with that confidence.
    return (ordered[outside - 1], ordered[-outside]) if outside else None


def _outside(number: int) -> int:
    """How many values from either end the interval begins: each is below the median as often as a coin shows heads."""
    below = accumulate(comb(number, heads) for heads in range(number + 1))
    return sum(chances < TAIL * 2**number for chances in below)
