"""A lasting shift of a daily count, worked out by hand."""

import math

import pytest

from bot.signals.shifts import FEWEST_DAYS, LATELY, QUIET_DAYS, is_back, shift

USUAL = [4, 6] * 42
"""Mean 5, and less spread than independent people have: each day counts x ln 2 - 5; no day for more than 11.7."""


def test_three_days_of_twice_as_many_are_none_and_four_are() -> None:
    # 10 ln 2 - 5 = 1.93 a day, and the limit is ln 365 = 5.90.
    assert 3 * (10 * math.log(2) - 5) < math.log(QUIET_DAYS) < 4 * (10 * math.log(2) - 5)
    assert shift([*USUAL, *[5] * 11, 10, 10, 10]) is None
    found = shift([*USUAL, *[5] * 10, 10, 10, 10, 10])
    assert found is not None
    assert (found.days, found.people) == (4, 10)
    assert found.usual == pytest.approx(5)


def test_one_day_however_many_come_and_two_are_none() -> None:
    assert shift([*USUAL, *[5] * 13, 1000]) is None
    assert shift([*USUAL, *[5] * 12, 1000, 1000]) is None


def test_where_people_wake_each_other_more_days_are_needed() -> None:
    # 2 and 9: the variance is about two and a half times the mean, and so each day counts for less than half.
    lively = [2, 9, 2, 9, 2, 9, 2] * 12
    assert shift([*lively, *[5] * 8, *[10] * 6]) is None
    assert shift([*lively, *[5] * 5, *[10] * 9]) is not None


def test_who_wrote_less_than_six_weeks_before_is_not_known_well_enough() -> None:
    crowd = [5] * 4 + [20] * (LATELY - 4)
    assert shift([*USUAL[: FEWEST_DAYS - 1], *crowd]) is None
    assert shift([*USUAL[:FEWEST_DAYS], *crowd]) is not None


def test_a_burst_long_ago_hides_none() -> None:
    found = shift([*USUAL[:40], 60, *USUAL[41:], *[5] * 10, 10, 10, 10, 10])
    assert found is not None
    assert found.usual == pytest.approx(5, abs=0.1)


# J. M. Lucas (1985): the reference value between 5 and 10 is (10 - 5) / (ln 10 - ln 5) = 7.21.
def test_it_is_over_where_so_many_are_nearer_to_what_is_usual() -> None:
    cases: list[tuple[float, bool]] = [(7.2, True), (7.3, False)]
    assert [(people, is_back([round(10 * people)] * 7, 50)) for people, _ in cases] == cases
