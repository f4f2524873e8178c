"""Natural process limits, against worked examples that others published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.digest.signals import FEWEST_PERIODS, XMR, limits

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2 "Individuals Control Charts": flow rates of ten
# batches, here in tenths because the bot counts whole things. Their mean is 508.1, their mean moving range
# 18.778, and the handbook gives the limits 458.159 and 558.041 (it divides by 1.128 where we multiply by 2.66).
NIST = [496, 476, 499, 513, 478, 512, 526, 524, 536, 521]

# Montgomery and Runger, Applied Statistics and Probability for Engineers, 3rd ed., table 16-3: concentrations of
# twenty observations, in tenths. Mean 99.1, mean moving range 2.59, limits 92.21 and 105.99, rounded by the book.
MONTGOMERY = [1020, 948, 983, 984, 1020, 985, 990, 977, 1000, 981]
MONTGOMERY += [1013, 987, 1011, 984, 970, 967, 1003, 1014, 972, 1010]


def test_the_limits_are_those_of_the_nist_handbook() -> None:
    usual = limits(NIST)
    assert usual
    assert usual.low == pytest.approx(458.159, abs=0.02)
    assert usual.high == pytest.approx(558.041, abs=0.02)


def test_the_limits_are_those_of_montgomery_and_runger() -> None:
    usual = limits(MONTGOMERY)
    assert usual
    assert usual.low == pytest.approx(922.1, abs=1)
    assert usual.high == pytest.approx(1059.9, abs=1)


def test_the_factor_is_three_over_d2() -> None:
    assert pytest.approx(3 / 1.128, abs=0.001) == XMR


def test_a_count_worked_out_by_hand() -> None:
    """Mean 40/8 = 5; moving ranges 2 2 2 2 2 2 2, mean 2; reach 2.66 * 2 = 5.32; low 5 - 5.32 stops at zero."""
    usual = limits([4, 6, 4, 6, 4, 6, 4, 6])
    assert usual
    assert usual.low == 0
    assert usual.high == pytest.approx(10.32)
    assert usual.holds(10)
    assert usual.holds(0)
    assert not usual.holds(11)


def test_weeks_all_alike_make_anything_else_a_signal() -> None:
    usual = limits([7] * 8)
    assert usual
    assert usual.holds(7)
    assert not usual.holds(8)


@pytest.mark.parametrize("periods", range(FEWEST_PERIODS))
def test_before_eight_periods_it_is_too_early_to_tell(periods: int) -> None:
    assert limits([3] * periods) is None
    assert limits([3] * FEWEST_PERIODS) is not None


@given(st.lists(st.integers(0, 1000), min_size=8, max_size=20))
def test_the_mean_is_always_within_and_no_count_is_below_nothing(baseline: list[int]) -> None:
    usual = limits(baseline)
    assert usual
    assert usual.low >= 0
    assert usual.holds(sum(baseline) / len(baseline)) or max(baseline) == min(baseline)
