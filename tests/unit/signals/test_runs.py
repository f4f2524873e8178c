"""A run of high periods: what rises so slowly that none of them is unusual."""

from bot.signals.limits import limits, runs_high

CALM = [4, 5, 6, 3, 5, 4, 6, 5]


def test_four_of_five_high_periods_are_a_run_though_none_is_unusual() -> None:
    rising = [8, 9, 7, 9, 10]
    usual = limits(CALM)
    assert usual
    assert all(usual.holds(count) for count in rising)
    assert runs_high([*CALM, *rising])


def test_less_is_none() -> None:
    cases: list[list[int]] = [[8, 9, 10, 9, 5], [5, 9, 4, 9, 10], [4, 6, 5, 3, 5]]
    assert [last for last in cases if runs_high([*CALM, *last])] == []


def test_before_eight_periods_and_five_nothing_is_told() -> None:
    assert not runs_high([*CALM[1:], 8, 9, 8, 9, 10])
