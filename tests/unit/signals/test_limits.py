"""Natural process limits, against worked examples that others published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.signals.limits import D2, D4, FEWEST_PERIODS, SIGMAS, count_chart, limits, mean_chart, median_chart

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2 "Individuals Control Charts": flow rates of ten
# batches, here in tenths because the bot counts whole things. Their mean is 508.1, their mean moving range
# 18.778, and the handbook gives the limits 458.159 and 558.041 (it divides by 1.128 where we multiply by 2.66).
NIST = [496, 476, 499, 513, 478, 512, 526, 524, 536, 521]

# Montgomery and Runger, Applied Statistics and Probability for Engineers, 3rd ed., table 16-3: concentrations of
# twenty observations, in tenths. Mean 99.1, mean moving range 2.59, limits 92.21 and 105.99, rounded by the book.
MONTGOMERY = [1020, 948, 983, 984, 1020, 985, 990, 977, 1000, 981]
MONTGOMERY += [1013, 987, 1011, 984, 970, 967, 1003, 1014, 972, 1010]


# NIST/SEMATECH e-Handbook, 6.3.3.1 "Counts Control Charts": defects on 25 wafers, 16 each on average; limits 4 and 28.
NIST_COUNT = 16


def test_the_limits_are_those_of_the_nist_handbook() -> None:
    usual = mean_chart(NIST)
    assert usual.low == pytest.approx(458.159, abs=0.02)
    assert usual.high == pytest.approx(558.041, abs=0.02)


def test_the_limits_are_those_of_montgomery_and_runger() -> None:
    usual = mean_chart(MONTGOMERY)
    assert usual.low == pytest.approx(922.1, abs=1)
    assert usual.high == pytest.approx(1059.9, abs=1)


def test_the_limits_of_a_count_are_those_of_the_nist_handbook() -> None:
    usual = count_chart(NIST_COUNT)
    assert (usual.low, usual.high) == (4, 28)


def test_the_factors_are_those_of_an_xmr_chart() -> None:
    assert pytest.approx(2.66, abs=0.001) == SIGMAS / D2
    assert pytest.approx(3.145, abs=0.001) == SIGMAS / D4


def test_a_chart_by_medians_worked_out_by_hand() -> None:
    """Median 5 of 3 4 5 6 20; moving ranges 1 1 1 14, median 1; reach 3.145."""
    usual = median_chart([3, 4, 5, 6, 20])
    assert (usual.low, usual.high) == pytest.approx((1.855, 8.145), abs=0.001)


def test_a_count_worked_out_by_hand() -> None:
    """Mean 40/8 = 5; moving ranges of 2, reach 5.32; people who write independently vary by 3 x 2.236 = 6.71."""
    usual = limits([4, 6, 4, 6, 4, 6, 4, 6])
    assert usual
    assert usual.low == 0
    assert usual.high == pytest.approx(11.708, abs=0.001)


def test_weeks_all_alike_are_luck() -> None:
    usual = limits([7] * 8)
    assert usual
    assert usual.holds(14)
    assert not usual.holds(15)


def test_a_burst_does_not_hide_the_next_one() -> None:
    calm, burst = [4, 5, 6, 3, 5, 4, 6, 5, 4, 5, 6], 30
    before, after = limits([*calm, 5]), limits([*calm[:5], burst, *calm[5:]])
    assert before
    assert after
    assert after.high == pytest.approx(before.high, abs=0.5)
    assert not after.holds(14)


def test_a_lasting_change_is_usual_in_the_end() -> None:
    usual = limits([5, 4, 6, 5, 30, 28, 31, 29, 30, 32, 28, 30])
    assert usual
    assert usual.holds(30)


@pytest.mark.parametrize("periods", range(FEWEST_PERIODS))
def test_before_eight_periods_it_is_too_early_to_tell(periods: int) -> None:
    assert limits([3] * periods) is None
    assert limits([3] * FEWEST_PERIODS) is not None


@given(st.lists(st.integers(0, 1000), min_size=8, max_size=20))
def test_the_limits_hold_something_usual_and_nothing_below_nothing(baseline: list[int]) -> None:
    usual = limits(baseline)
    assert usual
    assert 0 <= usual.low <= usual.high
    assert any(usual.holds(count) for count in range(1001))
