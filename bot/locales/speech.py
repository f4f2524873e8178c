"""Speaks a language: gettext catalogues, plurals and dates."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from bot.locales.words import WORDS
from bot.ports.reply import Line, Strong

SOURCE = "en"
"""The language of the messages in the code; the others are catalogues in `locales/`."""

FIRST_OF_MONTH: Mapping[str, str] = {"fr": "d'er'"}
"""How a language writes the first day of a month, as a CLDR pattern, where it differs from the others."""


class Speech:
    """One language. Messages hold `{names}`; what fills them is never read as a message again."""

    def __init__(self, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self._catalogue = catalogue

    def say(self, message: str, /, **values: object) -> str:
        """A message, translated and filled."""
        return self._catalogue.gettext(message).format(**values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A message in the plural form of a number, which fills `{n}`."""
        return self._catalogue.ngettext(one, many, number).format(n=number, **values)

    def line(self, message: str, /, **values: str | Strong) -> Line:
        """A message with some of its values strong."""
        parts: list[str | Strong] = []
        for literal, name, _, _ in Formatter().parse(self._catalogue.gettext(message)):
            parts += [literal] if literal else []
            parts += [values[name]] if name else []
        return tuple(parts)

    def word(self, item: Enum) -> str:
        """The product's word for a kind, status, visibility or choice."""
        return self._catalogue.gettext(WORDS[item])

    def area(self, area: str | None) -> str:
        """An area's name."""
        return self.known(area) if area else self.say("No area")

    def known(self, text: str) -> str:
        """A text as people chose or wrote it: translated when it is one of the product's, else as it is."""
        return self._catalogue.gettext(text) if text else ""

    def day(self, day: date) -> str:
        """A day and month, such as `8 March`."""
        return self._date(day, " MMMM")

    def days(self, first: date, last: date) -> str:
        """A span of days, such as `2-8 March`."""
        if (first.year, first.month) == (last.year, last.month):
            return f"{self._date(first, '')}-{self.day(last)}"
        return f"{self.day(first)} - {self.day(last)}"

    def _date(self, day: date, rest: str) -> str:
        opening = FIRST_OF_MONTH.get(self.language, "d") if day.day == 1 else "d"
        return format_date(day, opening + rest, locale=self.locale)

    def month(self, day: date) -> str:
        """A month's name, such as `March`."""
        return str(format_date(day, "LLLL", locale=self.locale)).capitalize()

    def clock(self, moment: datetime, zone: ZoneInfo) -> str:
        """A time of day, such as `14:20`."""
        return format_time(moment.astimezone(zone), "HH:mm", locale=self.locale)


class Languages:
    """The languages the product speaks, read once from a folder of catalogues."""

    def __init__(self, folder: Path) -> None:
        self._speeches = {SOURCE: Speech(SOURCE, NullTranslations())}
        for file in sorted(folder.glob("*.po")):
            self._speeches[file.stem] = Speech(file.stem, _compile(file))

    @property
    def codes(self) -> tuple[str, ...]:
        """The language codes, the source first."""
        return tuple(self._speeches)

    def speech(self, *wishes: str | None) -> Speech:
        """The first wish the product speaks (`fr-CA` finds `fr`), else the source language."""
        for wish in wishes:
            code = (wish or "").replace("_", "-").split("-")[0].lower()
            if code in self._speeches:
                return self._speeches[code]
        return self._speeches[SOURCE]

    def all(self) -> Mapping[str, Speech]:
        """Every speech by its code."""
        return self._speeches


def _compile(file: Path) -> Translations:
    """Catalogues are kept as text alone: compiling one takes milliseconds and nothing can be stale."""
    with file.open("rb") as source:
        catalogue = read_po(source, locale=file.stem)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
