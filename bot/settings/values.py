"""The types of settings' values, whose errors name a valid example, and the base of the settings' tables."""

from datetime import UTC
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.cron import CronTrigger
from limits import parse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def check_zone(value: str) -> str:
    """Refuse what is not an IANA time zone."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        # An OSError: a folder of zones, such as Europe.
        raise ValueError("is not an IANA time zone, such as Europe/Paris") from error
    return value


def check_language(value: str) -> str:
    """Refuse a language without a catalogue."""
    if value not in ("en", "fr"):
        raise ValueError("must be en or fr")
    return value


def check_rate(value: str) -> str:
    """Refuse what is not a rate limit such as `30 per 10 minutes`."""
    try:
        parse(value)
    except ValueError as error:
        raise ValueError("is not a rate, such as 30 per 10 minutes") from error
    return value


def check_weekdays(value: str) -> str:
    """Refuse invalid days of the week, and numbers: Monday is 1 in most crons, but 0 in APScheduler."""
    if any(char.isdigit() for char in value):
        raise ValueError("must name its days, such as mon or mon-fri: a number is not the same day to every cron")
    return _check_cron(value, "is not a day of the week, such as mon, mon-fri or tue,fri", day_of_week=value)


def check_day(value: str) -> str:
    """Refuse an invalid day of the month."""
    return _check_cron(value, "is not a day of the month, such as 1, last or 1st mon", day=value)


def check_month(value: str) -> str:
    """Refuse an invalid month."""
    return _check_cron(value, "is not a month, such as 3, mar or 1-6", month=value)


def _check_cron(value: str, words: str, **field: str) -> str:
    """Return a value that APScheduler's cron trigger accepts as this field, else raise ValueError with these words."""
    try:
        CronTrigger(timezone=UTC, **field)
    except ValueError as error:
        raise ValueError(words) from error
    return value


def check_account(value: str) -> str:
    """Refuse what does not name an account by its platform and number."""
    platform, _, number = value.partition(":")
    if not (platform.isascii() and platform.islower() and platform.isalpha() and number.strip()):
        raise ValueError("must be a platform and an account's number, such as telegram:123456789")
    return value


Account = Annotated[str, AfterValidator(check_account)]
Zone = Annotated[str, AfterValidator(check_zone)]
Language = Annotated[str, AfterValidator(check_language)]
Rate = Annotated[str, AfterValidator(check_rate)]
Weekdays = Annotated[str, AfterValidator(check_weekdays)]
Day = Annotated[str, Field(coerce_numbers_to_str=True), AfterValidator(check_day)]
Month = Annotated[str, Field(coerce_numbers_to_str=True), AfterValidator(check_month)]


class Section(BaseModel):
    """The base of the settings' tables: frozen, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class StaffPlace(Section):
    """Where digests and alerts go."""

    platform: str = Field(description="an adapter's name, such as discord or telegram")
    place: str = Field(description="the channel's or chat's id on that platform")
