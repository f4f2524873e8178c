"""Translates messages by gettext catalogues, and formats plurals and dates."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from babel.support import NullTranslations

from bot.locales import compiled
from bot.locales.words import STATES, WORDS
from bot.ports.reply import Instant, Line, Precision, Span
from storage.vocabulary import Status

SOURCE = "en"
"""The language of the messages in the code; the other languages are catalogues in `locales/`."""

FIRST_OF_MONTH: Mapping[str, str] = {"fr": "d'er'"}
"""The CLDR pattern for the first day of a month, in languages that write it differently from the other days."""


class Speech:
    """One language: its catalogue and its date formats.

    Messages have placeholders such as `{name}`; the values put in them are never translated or formatted again.
    """

    def __init__(self, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self._catalogue = catalogue

    def worded(self, catalogue: Callable[[NullTranslations], NullTranslations]) -> "Speech":
        """The same language with a catalogue derived from this one."""
        return Speech(self.language, catalogue(self._catalogue))

    def say(self, message: str, /, **values: object) -> str:
        """A message, translated, with its placeholders filled."""
        return self._catalogue.gettext(message).format(**values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A message in the plural form of a number, which also fills the placeholder `{n}`."""
        return self._catalogue.ngettext(one, many, number).format(n=number, **values)

    def line(self, message: str, /, **values: str | Span) -> Line:
        """A message, translated, whose values may be spans, as the parts of a line."""
        parts: list[str | Span] = []
        for literal, name, _, _ in Formatter().parse(self._catalogue.gettext(message)):
            parts += [literal] if literal else []
            parts += [values[name]] if name else []
        return tuple(parts)

    def word(self, item: Enum) -> str:
        """The product's word for a kind, status, visibility or choice."""
        return self._catalogue.gettext(WORDS[item])

    def state(self, status: Status) -> str:
        """A status in the form that can follow “is”; a community's own word is unchanged."""
        word = self.word(status)
        return self.say(STATES[status]) if status in STATES and word == WORDS[status] else word

    def area(self, area: str | None) -> str:
        """An area's name, translated if it is an impact; `No area` for None."""
        return self.translate(area) if area else self.say("No area")

    def translate(self, text: str) -> str:
        """A text from the store, translated if it is one of the product's messages, else unchanged."""
        return self._catalogue.gettext(text) if text else ""

    def day(self, day: date) -> str:
        """A day and month, such as `8 March`."""
        return self._date(day, " MMMM")

    def dated(self, day: date, today: date) -> str:
        """A day and month, with the year unless it is today's."""
        return self.day(day) if day.year == today.year else self._date(day, " MMMM y")

    def days(self, first: date, last: date) -> str:
        """A range of days, such as `2-8 March`."""
        if (first.year, first.month) == (last.year, last.month):
            return f"{self._date(first, '')}-{self.day(last)}"
        return f"{self.day(first)} - {self.day(last)}"

    def _date(self, day: date, rest: str) -> str:
        opening = FIRST_OF_MONTH.get(self.language, "d") if day.day == 1 else "d"
        return format_date(day, opening + rest, locale=self.locale)

    def month(self, day: date) -> str:
        """A month's name within a sentence, such as `March`."""
        return str(format_date(day, "LLLL", locale=self.locale))

    def moment(self, moment: datetime, zone: ZoneInfo) -> str:
        """A day, year and time of day, such as `8 March 2026, 14:20`."""
        return f"{self._date(moment.astimezone(zone).date(), ' MMMM y')}, {self.clock(moment, zone)}"

    def instant(self, moment: datetime, zone: ZoneInfo) -> Instant:
        """A day and time of day, such as `8 March at 14:20`, in each reader's own zone where that can be shown."""
        day, time = self.day(moment.astimezone(zone).date()), self.clock(moment, zone)
        return Instant(self.say("{day} at {time}", day=day, time=time), moment, Precision.TIME)

    def decimal(self, number: float) -> str:
        """A number with one decimal at most, such as `1.5`."""
        return str(format_decimal(number, "#,##0.#", locale=self.locale))

    def percent(self, share: float) -> str:
        """A share from 0 to 1, such as `44%`."""
        return str(format_percent(share, locale=self.locale))

    def money(self, amount: float, currency: str) -> str:
        """An amount of a currency, by its code."""
        return str(format_currency(amount, currency, locale=self.locale))

    def clock(self, moment: datetime, zone: ZoneInfo) -> str:
        """A time of day, such as `14:20`."""
        return format_time(moment.astimezone(zone), "HH:mm", locale=self.locale)


class Languages:
    """The languages of the product, read once from a folder of catalogues."""

    def __init__(self, folder: Path) -> None:
        self._speeches = {SOURCE: Speech(SOURCE, NullTranslations())}
        for file in sorted(folder.glob("*.po")):
            self._speeches[file.stem] = Speech(file.stem, compiled.read(file))

    @property
    def codes(self) -> tuple[str, ...]:
        """The language codes, the source first."""
        return tuple(self._speeches)

    def speech(self, *preferred: str | None) -> Speech:
        """The first of these languages that the product has, else the source language.

        Args:
            preferred: language tags, of which only the language counts (`fr-CA` finds `fr`); None is skipped.
        """
        for tag in preferred:
            code = (tag or "").replace("_", "-").split("-")[0].lower()
            if code in self._speeches:
                return self._speeches[code]
        return self._speeches[SOURCE]

    def all(self) -> Mapping[str, Speech]:
        """By language code, its speech."""
        return self._speeches
