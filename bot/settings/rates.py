"""Rates, such as `30 per 10 minutes`."""

import re

from storage.values import frozen

_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "month": 30 * 86_400, "year": 360 * 86_400}
_RATE = re.compile(rf"(\d+)\s*(?:/|per)\s*(\d*)\s*({'|'.join(_SECONDS)})s?", re.IGNORECASE | re.ASCII)


@frozen
class Rate:
    """So many times within so many seconds."""

    amount: int
    seconds: int


def parse(text: str) -> Rate:
    """Read a rate.

    Args:
        text: such as `30 per 10 minutes`, `60 per minute` or `1/second`.

    Raises:
        ValueError: it is none.
    """
    found = _RATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text} is not a rate")
    amount, times, unit = found.groups()
    return Rate(int(amount), (int(times or 0) or 1) * _SECONDS[unit.lower()])
