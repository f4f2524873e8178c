"""Reads dates as people and tools write them; the order of day and month is decided for a whole file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global
from babel.dates import get_day_names, get_month_names

from bot.cells import abridge
from bot.language.text.normalise import fold

MONTH_FIRST_IN = {"US", "PH", "FM", "MH", "PW"}
"""The territories where dates begin with the month."""
HOUR = 3600
OFFSETS: Mapping[str, int] = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""By abbreviation of a time zone, its offset from UTC in hours."""
_NUMERIC = re.compile(r"\s*(\d{1,2})\s?[./\-]\s?(\d{1,2})\s?[./\-]\s?(\d{4}|\d{2})(?!\d)")
_EPOCH = re.compile(r"\s*(\d{10}|\d{13})(?:\.\d+)?\s*\Z")
_SERIAL = re.compile(r"\s*([2-7]\d{4}(?:\.\d+)?)\s*\Z")
"""The serial number of a date in a spreadsheet: days since the end of 1899, for dates from 1954 to 2118."""
_OFFSET = re.compile(r"\b(?:UTC|GMT)\s?([+-])(\d{1,2})(?::?(\d{2}))?\b")
"""An offset written as `UTC+2`, which dateutil reads with the opposite sign, as POSIX does."""
_PLACE = re.compile(r"\s*\(?([A-Z]\w+(?:/\w+)+)\)?\s*\Z")
_WORD = re.compile(r"[^\W\d_]+\.?", re.UNICODE)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_HOURS = re.compile(r"\b(\d{1,2})\s?h(?:\s?(\d{2}))?\b")
_FIRST = re.compile(r"\b1er\b")
_AT = re.compile(r"\bà\b")
_NAMED_TWICE = re.compile(r"([+-]\d{2}:?\d{2}) [A-Z]{3,4}\Z")
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001 - the zone is the caller's


@dataclass(slots=True)
class DayOrder:
    """Evidence for the order of day and month in a file's dates.

    Attributes:
        latest: the latest instant that counts as past.
        day, month: the number of dates that can only be read with the day, or the month, first.
        unclear: an example of a date that can be read both ways; empty for none.
        unclear_month, unclear_day: the number of such dates that would be in the future with the month, or the day,
            first.
    """

    latest: datetime
    day: int = 0
    month: int = 0
    unclear: str = ""
    unclear_month: int = 0
    unclear_day: int = 0

    def note(self, cell: str) -> None:
        """Add the evidence of a cell."""
        found = _NUMERIC.match(cell)
        if found is None:
            return
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        if first > 12 or second > 12:
            self.day += second <= 12
            self.month += first <= 12
        elif first != second:
            self.unclear = self.unclear or cell.strip()
            self.unclear_day += not self._is_past(year, second, first)
            self.unclear_month += not self._is_past(year, first, second)

    def decide(self) -> bool | None:
        """Whether the day is first; None when there is no evidence.

        If no date is clear by itself, the order is taken in which fewer dates would be in the future.
        """
        if self.day != self.month:
            return self.day > self.month
        if self.unclear_day != self.unclear_month:
            return self.unclear_day < self.unclear_month
        return None if self.unclear else True

    def _is_past(self, year: int, month: int, day: int) -> bool:
        try:
            return datetime(year, month, day, tzinfo=UTC) <= self.latest
        except ValueError:
            return False


def usual_order(zone: str) -> bool:
    """Whether the day is first in the territory of a time zone."""
    return get_global("zone_territories").get(zone) not in MONTH_FIRST_IN


def read_date(cell: str, zone: ZoneInfo, *, day_first: bool) -> datetime:
    """The instant of a date, or date and time, aware, UTC.

    Args:
        zone: the time zone of a date without one.
        day_first: whether 04/03/2026 is the fourth of March.

    Raises:
        ValueError: it is not a date.
    """
    try:
        place = _PLACE.search(cell)
        found = _read(_PLACE.sub("", cell).strip(), day_first=day_first)
        own = ZoneInfo(place[1]) if place else zone
        return (found if found.tzinfo else found.replace(tzinfo=own)).astimezone(UTC)
    except (ValueError, OverflowError, ZoneInfoNotFoundError):
        raise ValueError(f"“{abridge(cell)}” is not a date, such as 2026-03-04 or 2026-03-04T10:00:00+01:00") from None


def _read(cell: str, *, day_first: bool) -> datetime:
    if epoch := _EPOCH.match(cell):
        seconds = float(cell) / (1000 if len(epoch[1]) == 13 else 1)
        return _UNIX + timedelta(seconds=seconds)
    if serial := _SERIAL.match(cell):
        return _DAY_0 + timedelta(seconds=round(float(serial[1]) * 24 * HOUR))
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        pass
    numeric = _NUMERIC.match(cell)
    if numeric and max(int(numeric[1]), int(numeric[2])) <= 31:
        return _numeric(numeric, cell, day_first=day_first)
    return _loose(cell)


def _numeric(found: re.Match[str], cell: str, *, day_first: bool) -> datetime:
    """A numeric date in the file's order; dateutil would change the order for days after the twelfth."""
    first, second, year = int(found[1]), int(found[2]), _year(found[3])
    day, month = (first, second) if day_first else (second, first)
    date = datetime(year, month, day)  # noqa: DTZ001 - the zone is the caller's
    rest = cell[found.end() :].strip(" ,T")
    return _loose(f"{date:%Y-%m-%d} {rest}") if rest else date


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _loose(cell: str) -> datetime:
    """A date read by dateutil, also with French words; day, month and year must all be given."""
    # Imported here: hardly a row needs it.
    from dateutil import parser  # noqa: PLC0415

    plain = _OFFSET.sub(lambda zone: f"{zone[1]}{zone[2]:0>2}:{zone[3] or '00'}", _BRACKETS.sub("", cell))
    plain = _NAMED_TWICE.sub(r"\1", plain.replace("T:", "T"))
    plain = _english(_HOURS.sub(lambda hour: f"{hour[1]}:{hour[2] or '00'}", plain))
    read = [
        parser.parse(plain, default=default, tzinfos=_offset, dayfirst=False)
        for default in (datetime(2001, 1, 1), datetime(2002, 2, 2))  # noqa: DTZ001 - only to see what is missing
    ]
    if read[0] != read[1]:
        raise ValueError
    return read[0]


def _offset(name: str | None, seconds: int | None) -> int | None:
    if seconds is not None or name is None:
        return seconds
    if name.upper() not in OFFSETS:
        raise ValueError
    return OFFSETS[name.upper()] * HOUR


@cache
def _months() -> Mapping[str, str]:
    """By French word of a date, the English name of the month, or an empty text for words without meaning."""
    found = {fold(day): "" for form in ("wide", "abbreviated") for day in get_day_names(form, locale="fr").values()}
    for form in ("abbreviated", "wide"):
        english = get_month_names("wide", locale="en")
        found |= {fold(name): english[number] for number, name in get_month_names(form, locale="fr").items()}
    del found["mar."]  # Tuesday in French, and March in English.
    return {word.rstrip("."): name for word, name in found.items()} | dict.fromkeys(("le", "du"), "")


def _english(text: str) -> str:
    return _WORD.sub(lambda word: _months().get(fold(word[0]).rstrip("."), word[0]), _AT.sub("", _FIRST.sub("1", text)))
