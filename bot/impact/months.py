"""Reads months and quarters in the words of the languages the bot speaks, such as `octobre 2026`, `Oct` or `T3`."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from babel.dates import get_month_names, get_quarter_names

from bot.language.text.normalise import fold

LANGUAGES = ("en", "fr")
"""Both are understood whatever the person's language is."""
MONTH, QUARTER = 1, 3
"""The number of months of each."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_BESIDE = re.compile(r"\b(?:in|en|of|de|du|le|la|the|mois|month|dernier|last)\b|\bd'|[-.,/]")
"""Words beside a month's name that are ignored."""


def read(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of the month or quarter that a text names; without a year, of the last that began.

    Args:
        text: folded, with plain apostrophes.
    """
    named = _YEAR.findall(text)
    words = " ".join(_BESIDE.sub(" ", _YEAR.sub(" ", text)).split())
    found = _names().get(words)
    if found is None or len(named) > 1:
        return None
    first, months = found
    year = int(named[0]) if named else today.year - (first > today.month)
    start = date(year, first, 1)
    return start, _after(start, months) - timedelta(days=1)


def last_quarter(today: date) -> tuple[date, date]:
    """The first and the last day of the last whole quarter."""
    this = date(today.year, 1 + (today.month - 1) // QUARTER * QUARTER, 1)
    end = this - timedelta(days=1)
    return date(end.year, end.month - QUARTER + 1, 1), end


@cache
def _names() -> dict[str, tuple[int, int]]:
    """By name of a month or quarter, its first month, from 1 to 12, and its number of months."""
    return dict(_named())


def _named() -> Iterator[tuple[str, tuple[int, int]]]:
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                yield _plain(name), (number, MONTH)
            for number, name in get_quarter_names(width, locale=language).items():
                yield _plain(name), (QUARTER * (number - 1) + 1, QUARTER)


def _plain(name: str) -> str:
    return " ".join(_BESIDE.sub(" ", fold(name)).split())


def _after(start: date, months: int) -> date:
    """The first day so many months later."""
    total = start.month - 1 + months
    return date(start.year + total // 12, 1 + total % 12, 1)
