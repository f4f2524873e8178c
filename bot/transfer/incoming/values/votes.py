"""Reads tallies of votes as tools and spreadsheets write them."""

import re

MOST = 999_999_999
UNITS = {"k": 1_000, "m": 1_000_000}
_NUMBER = re.compile(r"(?P<sign>[+\-−]?)\s?(?P<digits>\d(?:[\d.,'’ \xa0\u202f]*\d)?)\s?(?P<unit>[kKmM]\b)?")
_DECIMALS = re.compile(r"[.,](\d{1,2}|\d{4,})\Z")
_SMALL = re.compile(r"0[.,]\d*\Z")


def read_votes(cell: str) -> int:
    """A tally: `12`, `12.0`, `1,234`, `1 234`, `+5`, `1.2k` or `12 votes`; below none, and of no size, as the limits.

    Raises:
        ValueError: there is no number in it.
    """
    found = _NUMBER.search(cell)
    if found is None or "%" in cell:
        raise ValueError
    number = _value(found["digits"], UNITS.get((found["unit"] or "").lower(), 1))
    return 0 if found["sign"] in ("-", "−") and number else min(number, MOST)


def is_negative(cell: str) -> bool:
    """Whether a tally is below none."""
    found = _NUMBER.search(cell)
    return found is not None and found["sign"] in ("-", "−")


def _value(digits: str, unit: int) -> int:
    """A number with or without decimals and marks between thousands: three digits after a mark are thousands."""
    kinds = {char for char in digits if char in ".,"}
    last = max(digits.rfind("."), digits.rfind(","))
    decimal = len(kinds) == 2 or (digits.count(digits[last]) == 1 and bool(_DECIMALS.search(digits)))
    if last < 0 or not (decimal or _SMALL.match(digits)):
        return int(re.sub(r"\D", "", digits)) * unit
    whole = re.sub(r"\D", "", digits[:last]) or "0"
    return int(float(f"{whole}.{digits[last + 1 :]}") * unit)
