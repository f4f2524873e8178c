"""A theme's own chart: its voices beside those of the weeks before."""

from bot.themes.history import Judgement, judge
from bot.themes.theme import Trend

CALM = [4, 5, 6, 3, 5, 4, 6, 5]


def test_a_theme_known_for_eight_weeks_is_compared_with_what_is_usual() -> None:
    cases: list[tuple[int, list[int], Trend]] = [
        (9, CALM, Trend.STEADY),
        (14, CALM, Trend.GROWING),
        (10, [*CALM, 8, 9, 8, 9], Trend.GROWING),
        (0, [20, 22, 19, 21, 20, 23, 18, 20], Trend.FADING),
        (14, [*CALM[:4], 40, *CALM[4:]], Trend.GROWING),
    ]
    for now, history, trend in cases:
        found = judge(now, history[-1], history)
        assert found.trend is trend, now
        assert found.usual, now


def test_a_younger_one_is_compared_with_the_week_before() -> None:
    assert judge(14, 5, CALM[1:]) == Judgement(Trend.GROWING)
    assert judge(5, 0, []) == Judgement(Trend.NEW)


def test_one_of_many_themes_is_a_signal_by_itself_only_far_above_what_is_usual() -> None:
    cases: list[tuple[int, list[int], bool]] = [(13, CALM, False), (18, CALM, True), (5, [0] * 8, False)]
    assert [(now, history, judge(now, history[-1], history).unusual) for now, history, _ in cases] == cases
