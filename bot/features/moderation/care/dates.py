"""Parses a future day as people write it in English or French: `friday`, `dans 2 semaines`, `4 December`."""

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names
from dateutil.relativedelta import relativedelta

from bot.language.text.normalise import fold

WORDS: Mapping[str, int] = {"today": 0, "aujourd'hui": 0, "tomorrow": 1, "demain": 1, "apres-demain": 2}
"""The number of days from today that each word means."""
UNITS: Mapping[str, str] = {
    "day": "days",
    "days": "days",
    "jour": "days",
    "jours": "days",
    "week": "weeks",
    "weeks": "weeks",
    "semaine": "weeks",
    "semaines": "weeks",
    "month": "months",
    "months": "months",
    "mois": "months",
}
NUMBERS: Mapping[str, int] = {
    "a": 1,
    "one": 1,
    "un": 1,
    "une": 1,
    "two": 2,
    "deux": 2,
    "three": 3,
    "trois": 3,
    "four": 4,
    "quatre": 4,
    "six": 6,
}
ENDS: Mapping[str, str] = {
    **dict.fromkeys(("end of the week", "end of week", "fin de semaine", "fin de la semaine"), "week"),
    **dict.fromkeys(("end of the month", "end of month", "fin du mois", "fin de mois"), "month"),
}
NEXT: Mapping[str, relativedelta] = {
    **dict.fromkeys(("next week", "la semaine prochaine", "semaine prochaine"), relativedelta(weeks=1)),
    **dict.fromkeys(("next month", "le mois prochain", "mois prochain"), relativedelta(months=1)),
}
_IN = re.compile(r"(?:in|dans|d'ici|sous) (\d{1,3}|[a-z]+) ([a-z]+)")
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?")
_NAMED = re.compile(
    r"(?:(?:the|le) )?(?:(\d{1,2})(?:st|nd|rd|th|er)? (?:of )?([a-z]+)|([a-z]+) (\d{1,2})(?:st|nd|rd|th)?)"
    r"(?:,? (\d{4}))?"
)
_BEFORE = re.compile(r"(?:by|on|for|until|before|pour|d'ici|le|ce|this|next|au) |[.!]+\Z| prochaine?\Z")
"""What may stand around a weekday without changing which one is meant."""


def read(text: str, today: date) -> date | None:
    """The day a text means, today or later; None when it means none.

    A weekday is the next one after today; a day and month without a year is the next such day. In numbers, the day
    comes before the month, except in ISO dates.
    """
    plain = " ".join(fold(text).replace("\u2019", "'").split())
    found = _iso(plain) or next((day for reader in _READERS if (day := reader(plain, today))), None)
    return found if found is not None and found >= today else None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _word(text: str, today: date) -> date | None:
    if text in WORDS:
        return today + timedelta(days=WORDS[text])
    if text in NEXT:
        return today + NEXT[text]
    if ENDS.get(text) == "week":
        return today + timedelta(days=(calendar.FRIDAY - today.weekday()) % 7)
    return today + relativedelta(day=31) if ENDS.get(text) == "month" else None


def _span(text: str, today: date) -> date | None:
    found = _IN.fullmatch(text)
    unit = UNITS.get(found[2]) if found else None
    number = (int(found[1]) if found[1].isdigit() else NUMBERS.get(found[1])) if found else None
    if unit is None or number is None:
        return None
    spans = {"days": relativedelta(days=number), "weeks": relativedelta(weeks=number)}
    return today + spans.get(unit, relativedelta(months=number))


def _weekday(text: str, today: date) -> date | None:
    bare = text
    while (shorter := _BEFORE.sub("", bare)) != bare:
        bare = shorter
    wanted = _weekdays().get(bare)
    return None if wanted is None else today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _numbered(text: str, today: date) -> date | None:
    found = _NUMERIC.fullmatch(text)
    return _day(int(found[1]), int(found[2]), found[3], today) if found else None


def _named(text: str, today: date) -> date | None:
    found = _NAMED.fullmatch(text.removeprefix("by ").removeprefix("on ").removeprefix("pour "))
    month = _months().get(found[2] or found[3]) if found else None
    return _day(int(found[1] or found[4]), month, found[5], today) if found and month else None


def _day(day: int, month: int, year: str | None, today: date) -> date | None:
    """The day in that year or, without one, in the next year in which it is not past."""
    for one in (int(year),) if year else range(today.year, today.year + 5):
        try:
            found = date(one, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


@cache
def _weekdays() -> Mapping[str, int]:
    return {fold(name).rstrip("."): day for names in _names(get_day_names) for day, name in names.items()}


@cache
def _months() -> Mapping[str, int]:
    return {fold(name).rstrip("."): month for names in _names(get_month_names) for month, name in names.items()}


def _names(names: Callable[..., Mapping[int, str]]) -> Iterator[Mapping[int, str]]:
    for language in ("fr", "en"):
        for form in ("wide", "abbreviated"):
            yield names(form, locale=language)


_READERS = (_word, _span, _weekday, _numbered, _named)
