"""What an operator says of a digest: its days, what it is about, where it goes."""

from datetime import UTC, datetime
from typing import Self

from apscheduler.triggers.cron import CronTrigger
from pydantic import Field, model_validator

from bot.settings.values import Day, Month, Section, StaffPlace, Tongue, Weekdays, Zone

EPOCH, LEAP_YEARS = datetime(2024, 1, 1, tzinfo=UTC), datetime(2032, 3, 1, tzinfo=UTC)
"""A span that has every day a calendar has."""


class DigestSettings(Section):
    """A digest: when it is posted, what it is about and where it goes; at most one a day."""

    name: str = Field(
        default="weekly",
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
    language: Tongue | None = Field(default=None, description="its language; default: the community's")
    staff: StaffPlace | None = Field(default=None, description="where it goes; default: the community's staff place")

    @model_validator(mode="after")
    def days_that_come(self) -> Self:
        """Refuse days that no calendar has, or that are said twice."""
        if self.day != "*" and "day_of_week" in self.model_fields_set and self.day_of_week != "*":
            raise ValueError("must have day or day_of_week, not both: the first Monday is day = '1st mon'")
        if self.days(until=LEAP_YEARS).get_next_fire_time(None, EPOCH) is None:
            raise ValueError(f"never comes: month {self.month} has no day {self.day}")
        return self

    def days(self, until: datetime | None = None) -> CronTrigger:
        """The days it is due on, each at midnight of a clock without zone: its hour is the zone's affair."""
        week = self.day_of_week if self.day == "*" else "*"
        return CronTrigger(
            month=self.month, day=self.day, day_of_week=week, hour=0, minute=0, timezone=UTC, end_date=until
        )

    def is_for(self, key: str) -> bool:
        """Whether it is a digest of the community of that key."""
        return self.community in (None, key)
