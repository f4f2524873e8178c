"""Natural process limits, against worked examples that others published."""

import math
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.signals.limits import (
    D4,
    FEWEST_PERIODS,
    SHIFT,
    SIGMAS,
    count_chart,
    limits,
    median_chart,
    root_chart,
    spread,
)

# NIST/SEMATECH e-Handbook, 6.3.3.1 "Counts Control Charts": defects on 25 wafers, 16 each on average; limits 4 and 28.
NIST_COUNT = 16


def test_the_limits_of_a_count_are_those_of_the_nist_handbook() -> None:
    usual = count_chart(NIST_COUNT)
    assert (usual.low, usual.high) == (4, 28)


def test_the_factor_is_that_of_an_xmr_chart_of_medians() -> None:
    assert pytest.approx(3.145, abs=0.001) == SIGMAS / D4


# NIST/SEMATECH e-Handbook, 6.3.2 "Shewhart X-bar and R and S Control Charts", table of c4.
def test_the_spread_of_few_is_corrected_as_in_the_nist_handbook() -> None:
    cases: list[tuple[int, float]] = [(6, 0.9515), (8, 0.9650), (10, 0.9727), (12, 0.9776)]
    for n, c4 in cases:
        values = [float(at) for at in range(n)]
        assert spread(values) == pytest.approx(stdev(values) / c4 * math.sqrt(1 + 1 / n), rel=0.002), (n, c4)


def test_a_chart_by_medians_worked_out_by_hand() -> None:
    """Median 5 of 3 4 5 6 20; moving ranges 1 1 1 14, median 1; reach 3.145."""
    usual = median_chart([3, 4, 5, 6, 20])
    assert (usual.low, usual.high) == pytest.approx((1.855, 8.145), abs=0.001)


def test_a_count_worked_out_by_hand() -> None:
    """Mean 40/8 = 5; the roots differ little, but people who write independently vary by 3 x 2.236 = 6.71."""
    usual = limits([4, 6, 4, 6, 4, 6, 4, 6])
    assert usual
    assert usual.low == 0
    assert usual.high == pytest.approx(11.708, abs=0.001)


def test_a_count_that_varies_more_than_independent_people_worked_out_by_hand() -> None:
    """The roots are 1, 2, ... 8: mean 4.5, standard deviation 2.449; c4 = 28/29, and √(1 + 1/8) = 1.061."""
    usual = root_chart([root**2 - SHIFT for root in range(1, 9)])
    assert usual.high == pytest.approx((4.5 + 3 * 2.449 * 29 / 28 * 1.061) ** 2 - SHIFT, abs=0.1)


# Anscombe (1948): of a Poisson count with this mean, the root of x + 3/8 has a variance of 1/4.
def test_the_root_of_an_independent_count_varies_by_a_half_whatever_its_mean() -> None:
    cases: list[int] = [4, 10, 100]
    for mean in cases:
        chances, chance = [], math.exp(-mean)
        for count in range(1, 6 * mean + 20):
            chances.append((math.sqrt(count - 1 + SHIFT), chance))
            chance *= mean / count
        centre = sum(root * chance for root, chance in chances)
        variance = sum((root - centre) ** 2 * chance for root, chance in chances)
        assert math.sqrt(variance) == pytest.approx(1 / 2, abs=0.02), mean


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


def test_before_eight_periods_it_is_too_early_to_tell() -> None:
    for periods in range(FEWEST_PERIODS):
        assert limits([3] * periods) is None, periods
        assert limits([3] * FEWEST_PERIODS) is not None, periods


@given(st.lists(st.integers(0, 1000), min_size=8, max_size=20))
def test_the_limits_hold_something_usual_and_nothing_below_nothing(baseline: list[int]) -> None:
    usual = limits(baseline)
    assert usual
    assert 0 <= usual.low <= usual.high
    assert any(usual.holds(count) for count in range(1001))
