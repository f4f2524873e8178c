"""Reads numbers of votes as tools and spreadsheets write them."""

import re

MOST = 999_999_999
UNITS = {"k": 1_000, "m": 1_000_000}
_DOWN = r"(?:👎|❌|⬇\ufe0f?|🔽|down\s?votes?|down|against|contre)"
_DOWN_BEFORE = re.compile(rf"{_DOWN}\W{{0,3}}\d+", re.IGNORECASE)
_DOWN_AFTER = re.compile(rf"\d+\s?{_DOWN}", re.IGNORECASE)
_POWER = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d{1,2}")
_NUMBER = re.compile(r"(?P<sign>[+\-−]?)\s?(?P<digits>\d(?:[\d.,'’ \xa0\u202f]*\d)?)\s?(?P<unit>[kKmM]\b)?")
_DECIMALS = re.compile(r"[.,](\d{1,2}|\d{4,})\Z")
_SMALL = re.compile(r"0[.,]\d*\Z")


def read_votes(cell: str) -> int:
    """A number of votes: `12`, `12.0`, `1,234`, `1 234`, `+5`, `1.2k` or `12 votes`, limited to 0 and `MOST`.

    Raises:
        ValueError: there is no number in the cell.
    """
    if _POWER.fullmatch(cell.strip()):
        return int(min(float(cell.replace(",", ".")), MOST))
    found = _NUMBER.search(said := _without_those_against(cell))
    if found is None or said[found.end() :].lstrip().startswith("%"):
        raise ValueError
    number = _value(found["digits"], UNITS.get((found["unit"] or "").lower(), 1))
    return 0 if found["sign"] in ("-", "−") and number else min(number, MOST)


def is_negative(cell: str) -> bool:
    """Whether a number of votes is negative."""
    found = _NUMBER.search(cell)
    return found is not None and found["sign"] in ("-", "−")


def _without_those_against(cell: str) -> str:
    """A cell without its votes against; in a cell that begins with a number, the numbers are before their signs."""
    return (_DOWN_AFTER if cell.lstrip()[:1].isdigit() else _DOWN_BEFORE).sub(" ", cell)


def _value(digits: str, unit: int) -> int:
    """A number with optional decimals and thousands separators; three digits after a mark are thousands."""
    kinds = {char for char in digits if char in ".,"}
    last = max(digits.rfind("."), digits.rfind(","))
    decimal = len(kinds) == 2 or (digits.count(digits[last]) == 1 and bool(_DECIMALS.search(digits)))
    if last < 0 or not (decimal or _SMALL.match(digits)):
        return int(re.sub(r"\D", "", digits)) * unit
    whole = re.sub(r"\D", "", digits[:last]) or "0"
    return int(float(f"{whole}.{digits[last + 1 :]}") * unit)
