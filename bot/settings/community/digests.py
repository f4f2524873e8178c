"""The settings of a digest: its schedule, its areas and its place."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Self

from apscheduler.triggers.cron import CronTrigger
from pydantic import Field, model_validator

from bot.settings.values import Day, Language, Month, Section, StaffPlace, Weekdays, Zone

CALENDAR_START, CALENDAR_END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2032, 3, 1, tzinfo=UTC)
"""A period with every date of a calendar, 29 February included."""


USUAL = "weekly"
"""The name of the digest there is without any in the settings."""


class Length(StrEnum):
    """How much a digest says."""

    FULL = "full"
    SHORT = "short"
    """What stands out, what to decide and what people talk about, without quotes and picture."""


class DigestSettings(Section):
    """A digest: when it is posted, what it is about, who reads it and where; at most one a day."""

    name: str = Field(
        default=USUAL,
        description="its own name in files, commands and the archive: it is posted once a day under it",
        pattern=r"^[a-z0-9-]{1,40}$",
    )
    day_of_week: Weekdays = Field(default="mon", description="mon, mon-fri or tue,fri; any where `day` is set")
    day: Day = Field(default="*", description="days of the month, such as 1, last or 1st mon")
    month: Month = Field(default="*", description="months, such as 3, mar or 1-6")
    hour: int = Field(default=9, ge=0, le=23, description="local hour")
    minute: int = Field(default=0, ge=0, le=59, description="local minute")
    timezone: Zone | None = Field(default=None, description="its zone; default: the community's")
    areas: tuple[str, ...] = Field(default=(), description="only these areas, without questions; default: everything")
    community: str | None = Field(default=None, description="the key of its community; default: every community")
    communities: tuple[str, ...] = Field(
        default=(),
        description="the keys of several, beside `community`, whose digests come to one place, a message each",
    )
    language: Language | None = Field(default=None, description="its language; default: the community's")
    staff: StaffPlace | None = Field(default=None, description="where it goes; default: the community's staff place")
    length: Length = Field(
        default=Length.FULL, description="full, or short: what stands out, what to decide and the themes alone"
    )
    promotion: bool = Field(
        default=False,
        description="true: its readers promote; they get counts, and words that their authors allow to quote in public",
    )

    @model_validator(mode="after")
    def check_days(self) -> Self:
        """Refuse a date that never comes, and days given both by `day` and by `day_of_week`."""
        if self.day != "*" and "day_of_week" in self.model_fields_set and self.day_of_week != "*":
            raise ValueError("must have day or day_of_week, not both: the first Monday is day = '1st mon'")
        if self.days(until=CALENDAR_END).get_next_fire_time(None, CALENDAR_START) is None:
            raise ValueError(f"never comes: month {self.month} has no day {self.day}")
        return self

    @model_validator(mode="after")
    def check_promotion(self) -> Self:
        """Refuse a digest for promotion that would go to the staff or take the name of theirs."""
        if self.promotion and self.staff is None:
            raise ValueError("must have staff where promotion is true: the platform and place of its readers")
        if self.promotion and self.name == USUAL:
            raise ValueError(f"must have another name than {USUAL} where promotion is true, such as name = 'press'")
        return self

    def days(self, until: datetime | None = None) -> CronTrigger:
        """The dates it is due on, as a trigger at midnight UTC; its hour and zone are applied later.

        Args:
            until: the last instant at which the trigger fires.
        """
        week = self.day_of_week if self.day == "*" else "*"
        return CronTrigger(
            month=self.month, day=self.day, day_of_week=week, hour=0, minute=0, timezone=UTC, end_date=until
        )

    def is_for(self, key: str) -> bool:
        """Whether it is a digest of the community with this key."""
        return not self.keys or key in self.keys

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its communities; empty for every community."""
        return frozenset((*self.communities, *([self.community] if self.community is not None else [])))
