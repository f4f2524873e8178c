"""`Occasion`, the counterpart of `Context` for what the bot does of its own accord."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import start_of_day
from bot.context import Context
from bot.core import Core
from bot.settings.config import CommunitySettings
from storage.people.situation import AnyCommunity
from storage.values import frozen


@frozen
class Occasion:
    """Something the bot does in a community without being asked, such as a job that is due.

    Attributes:
        now: when it is done, aware, UTC.
    """

    core: Core
    community: AnyCommunity
    now: datetime

    @property
    def own(self) -> CommunitySettings:
        """The community's settings."""
        return self.core.settings_of(self.community)

    @property
    def zone(self) -> ZoneInfo:
        """The community's time zone."""
        return ZoneInfo(self.community.timezone)

    def time_of(self, *, nameless: bool) -> datetime:
        """The time to store; for nameless items the beginning of the day, as the hour could identify them."""
        return start_of_day(self.now, self.zone) if nameless else self.now


AnyOccasion = Context | Occasion
"""The context of what a person does, or the occasion of what the bot does."""
