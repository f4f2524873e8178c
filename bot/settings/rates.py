"""Rates of calls as the settings write them, such as `30 per 10 minutes`."""

import re
from typing import NamedTuple

_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "month": 2_592_000, "year": 31_104_000}
_RATE = re.compile(
    rf"\s*(?P<amount>[0-9]+)\s*(?:/|per)\s*(?P<times>[0-9]+)?\s*(?P<unit>{'|'.join(_SECONDS)})s?\s*", re.IGNORECASE
)


class Rate(NamedTuple):
    """The most calls within a time.

    Attributes:
        amount: how many calls.
        seconds: the length of the time.
    """

    amount: int
    seconds: int


def read_rate(text: str) -> Rate:
    """Read a rate.

    Raises:
        ValueError: it is none.
    """
    found = _RATE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Rate(int(found["amount"]), int(found["times"] or 1) * _SECONDS[found["unit"].lower()])
