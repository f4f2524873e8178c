"""The settings of a community's alerts: how often to look, and when not to disturb."""

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.settings.values import Section


def check_span(value: str) -> str:
    """Refuse what is not two different times of day, or nothing."""
    if value:
        try:
            begins, ends = read_span(value)
        except ValueError as error:
            raise ValueError("must be two times of day, such as 22:00-07:00, or empty for none") from error
        if begins == ends:
            raise ValueError("must be two different times of day, such as 22:00-07:00")
    return value


def read_span(value: str) -> tuple[time, time]:
    """The two times of day of a span such as `22:00-07:00`.

    Raises:
        ValueError: it is none.
    """
    begins, ends = (time.fromisoformat(part.strip()) for part in value.split("-"))
    return begins, ends


class AlertSettings(Section):
    """When the staff are told that suddenly many people write about one thing."""

    on: bool = Field(default=True, description="false: nobody is told")
    every: int = Field(default=3, ge=1, le=60, description="minutes between two looks")
    quiet: Annotated[str, AfterValidator(check_span)] = Field(
        default="",
        description="hours in which nothing is posted unless it is severe, such as 22:00-07:00; default: none",
    )

    def is_quiet(self, at: time) -> bool:
        """Whether a local time of day lies in the quiet hours."""
        if not self.quiet:
            return False
        begins, ends = read_span(self.quiet)
        return begins <= at < ends if begins < ends else at >= begins or at < ends
