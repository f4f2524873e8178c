"""How many people are a special cause among many themes: as rare as five standard deviations, however few are usual."""

import pytest

from bot.signals.watching import bar


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        # P(X > 9) = 1.1e-7 and P(X > 8) = 1.1e-6 of a Poisson variable with mean 1.
        ([1] * 28, 9),
        # (10 + 2.5) ** 2: of large counts the square root will do.
        ([100] * 28, 156.25),
    ],
)
def test_so_many_are_rare(before: list[int], wanted: float) -> None:
    assert bar(before, chosen=True) == wanted
