"""Rates as the settings write them."""

import pytest

from bot.settings.rates import Rate, read_rate


@pytest.mark.parametrize(
    ("text", "amount", "seconds"),
    [
        ("30 per 10 minutes", 30, 600),
        ("60 per minute", 60, 60),
        ("20 per hour", 20, 3_600),
        ("5/2hours", 5, 7_200),
        (" 1 Per Day ", 1, 86_400),
        ("3 per 10 second", 3, 10),
    ],
)
def test_a_rate_is_read(text: str, amount: int, seconds: int) -> None:
    assert read_rate(text) == Rate(amount, seconds)


@pytest.mark.parametrize(
    "text", ["", "30", "per minute", "ten per hour", "30 per fortnight", "-1 per hour", "5 per hour; 2 per day"]
)
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the settings say what is wrong
        read_rate(text)
