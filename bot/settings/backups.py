"""The settings of the copies the bot makes of its database while it runs."""

from pathlib import Path

from pydantic import Field, field_validator

from bot.settings.values import Section


class BackupSettings(Section):
    """Copies of a SQLite database, made and verified while the bot runs."""

    folder: Path | None = Field(
        default=None, description="where copies are kept, best on another disk; default: none are made"
    )
    every: int = Field(default=24, ge=1, description="hours from one copy to the next")
    keep: int = Field(default=7, ge=1, description="copies kept; an older one goes once a newer one is verified")

    @field_validator("folder")
    @classmethod
    def expand_home(cls, value: Path | None) -> Path | None:
        """Expand `~` to the home folder."""
        return value.expanduser() if value else None
