"""What settings are made of: tables, and the kinds of values they take, refused in words that name an example."""

from datetime import UTC
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.cron import CronTrigger
from limits import parse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def known_zone(value: str) -> str:
    """Refuse a zone no clock knows."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        # An OSError: a folder of zones, such as Europe.
        raise ValueError("is not an IANA time zone, such as Europe/Paris") from error
    return value


def known_language(value: str) -> str:
    """Refuse a language the product does not speak."""
    if value not in ("en", "fr"):
        raise ValueError("must be en or fr")
    return value


def known_rate(value: str) -> str:
    """Refuse a rate nobody can count by."""
    try:
        parse(value)
    except ValueError as error:
        raise ValueError("is not a rate, such as 30 per 10 minutes") from error
    return value


def known_weekdays(value: str) -> str:
    """Refuse days of the week cron does not know, and numbers: Monday is 1 to most crons and 0 to APScheduler."""
    if any(char.isdigit() for char in value):
        raise ValueError("must name its days, such as mon or mon-fri: a number is not the same day to every cron")
    return _known(value, "is not a day of the week, such as mon, mon-fri or tue,fri", day_of_week=value)


def known_day(value: str) -> str:
    """Refuse a day of the month cron does not know."""
    return _known(value, "is not a day of the month, such as 1, last or 1st mon", day=value)


def known_month(value: str) -> str:
    """Refuse a month cron does not know."""
    return _known(value, "is not a month, such as 3, mar or 1-6", month=value)


def _known(value: str, words: str, **field: str) -> str:
    try:
        CronTrigger(timezone=UTC, **field)
    except ValueError as error:
        raise ValueError(words) from error
    return value


Zone = Annotated[str, AfterValidator(known_zone)]
Tongue = Annotated[str, AfterValidator(known_language)]
Rate = Annotated[str, AfterValidator(known_rate)]
Weekdays = Annotated[str, AfterValidator(known_weekdays)]
Day = Annotated[str, Field(coerce_numbers_to_str=True), AfterValidator(known_day)]
Month = Annotated[str, Field(coerce_numbers_to_str=True), AfterValidator(known_month)]


class Section(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class StaffPlace(Section):
    """Where digests and alerts go."""

    platform: str = Field(description="an adapter's name, such as discord or telegram")
    place: str = Field(description="the channel's or chat's id on that platform")
