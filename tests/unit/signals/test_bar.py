"""How many people are a special cause among many themes: as rare as five standard deviations, however few are usual."""

from bot.signals.watching import bar, is_crisis


def test_so_many_are_rare() -> None:
    cases: list[tuple[list[int], float]] = [
        # P(X > 9) = 1.1e-7 and P(X > 8) = 1.1e-6 of a Poisson variable with mean 1.
        ([1] * 28, 9),
        # (10 + 2.5) ** 2: of large counts the square root will do.
        ([100] * 28, 156.25),
    ]
    assert [(before, bar(before, chosen=True)) for before, _ in cases] == cases


def test_a_lively_day_among_thousands_of_looks_is_none_and_six_times_as_many_people_are() -> None:
    # Five people a day in the mean, and hourly looks at the last day: some months have a window of seventeen.
    before = [5, 4, 7, 3, 6, 5, 2, 8, 5, 4, 6, 3, 5, 7, 4, 9, 5, 3, 6, 4, 5, 2, 7, 5, 6, 4, 5, 8]
    assert not is_crisis(17, before, chosen=False)
    assert is_crisis(30, before, chosen=False)
