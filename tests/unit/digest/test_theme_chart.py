"""A theme's own chart: its voices beside those of the weeks before."""

import pytest

from bot.themes.history import judge
from bot.themes.theme import Trend

CALM = [4, 5, 6, 3, 5, 4, 6, 5]


@pytest.mark.parametrize(
    ("now", "history", "trend"),
    [
        (9, CALM, Trend.STEADY),
        (14, CALM, Trend.GROWING),
        (10, [*CALM, 8, 9, 8, 9], Trend.GROWING),
        (0, [20, 22, 19, 21, 20, 23, 18, 20], Trend.FADING),
        (14, [*CALM[:4], 40, *CALM[4:]], Trend.GROWING),
    ],
)
def test_a_theme_known_for_eight_weeks_is_compared_with_what_is_usual(
    now: int, history: list[int], trend: Trend
) -> None:
    found, usual = judge(now, history[-1], history)
    assert found is trend
    assert usual


def test_a_younger_one_is_compared_with_the_week_before() -> None:
    assert judge(14, 5, CALM[1:]) == (Trend.GROWING, None)
    assert judge(5, 0, []) == (Trend.NEW, None)
