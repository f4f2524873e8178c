"""95 % confidence intervals for figures counted from few rows.

Shares: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
Medians: order statistics, W. J. Conover, Practical Nonparametric Statistics, 3rd ed. (1999), section 3.2.
"""

from collections.abc import Sequence
from math import isnan

FEW = 30
"""With fewer rows than this, an interval is shown."""
CONFIDENCE = 0.95
Interval = tuple[float, float]


def of_share(part: int, whole: int) -> Interval | None:
    """The Wilson interval of a share; None for many rows, and for none."""
    if not 0 < whole < FEW:
        return None
    from scipy.stats import binomtest  # noqa: PLC0415 - 60 MiB, for who asks what listening is worth

    found = binomtest(part, whole).proportion_ci(CONFIDENCE, method="wilson")
    return float(found.low), float(found.high)


def of_median(values: Sequence[float]) -> Interval | None:
    """The interval of the median, between two of the values; None for many values, and for fewer than six."""
    if not 0 < len(values) < FEW:
        return None
    from scipy.stats import quantile_test  # noqa: PLC0415 - likewise

    found = quantile_test(values, p=0.5).confidence_interval(CONFIDENCE)
    low, high = float(found.low), float(found.high)
    # With so few values, even the lowest and the highest do not enclose it with that confidence.
    return None if isnan(low) or isnan(high) else (low, high)
