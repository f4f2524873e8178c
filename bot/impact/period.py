"""Reads the period of an impact report from what somebody types, and names it."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.impact import months
from bot.language.text.normalise import fold
from storage.values import frozen

MOST_DAYS = 3_660
"""The longest period, in days: ten years."""
LAST_MONTH = frozenset({"", "last month", "mois dernier", "le mois dernier"})
LAST_QUARTER = frozenset({"last quarter", "le trimestre dernier", "trimestre dernier", "le dernier trimestre"})
THIS_MONTH = frozenset({"this month", "ce mois", "ce mois-ci"})
LAST_YEAR = frozenset({"last year", "annee derniere", "l'annee derniere", "an dernier", "l'an dernier"})
THIS_YEAR = frozenset({"this year", "cette annee"})
DAYS = re.compile(r"(?:les )?(?:last )?(\d{1,4}) ?(?:derniers )?(?:d|days?|j|jours?)")
MONTH, YEAR = re.compile(r"(\d{4})-(\d{1,2})"), re.compile(r"\d{4}")
SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
DAY = timedelta(days=1)


class NoPeriod(ValueError):
    """A text names no period, or one that has not begun yet."""


@frozen
class Period:
    """Whole local days, the last one included.

    Attributes:
        name: its name, from which `read` makes it again: 2026-10, 2026, or its days such as 2026-10-01..2026-10-31.
    """

    first: date
    last: date
    name: str

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first instant, and the first one after it, in UTC."""
        start, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (self.first, self.last + DAY))
        return start, end


def read(text: str, today: date) -> Period:
    """The period that a text names; the last whole month for an empty one.

    Args:
        today: the day of the community; a number of days ends on the day before.

    Raises:
        NoPeriod: it names none, or one that has not begun.
    """
    try:
        found = _read(" ".join(fold(text).replace("’", "'").split()), today)
    except (ValueError, OverflowError):
        raise NoPeriod(text) from None
    if found.first > today or not 0 <= (found.last - found.first).days < MOST_DAYS:
        raise NoPeriod(text)
    return found


def _read(text: str, today: date) -> Period:
    if text in LAST_MONTH:
        return _month(today.replace(day=1) - DAY)
    if text in THIS_MONTH:
        return _month(today)
    if text in LAST_YEAR or text in THIS_YEAR:
        return _year(today.year - (text in LAST_YEAR))
    if found := MONTH.fullmatch(text):
        return _month(date(int(found[1]), int(found[2]), 1))
    if found := SPAN.fullmatch(text):
        return _days(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
    if found := DAYS.fullmatch(text):
        return _days(today - int(found[1]) * DAY, today - DAY)
    if YEAR.fullmatch(text):
        return _year(int(text))
    if text in LAST_QUARTER:
        return _days(*months.last_quarter(today))
    if named := months.read(text, today):
        return _month(named[0]) if named[0].month == named[1].month else _days(*named)
    raise NoPeriod(text)


def _month(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, (first + 31 * DAY).replace(day=1) - DAY, f"{first:%Y-%m}")


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04}")


def _days(first: date, last: date) -> Period:
    return Period(first, last, f"{first}..{last}")
