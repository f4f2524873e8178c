"""What the bot does of its own accord: what a context is for what a person does, without a person."""

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
    """Something that is due in a community.

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
        """The time to store for what is done: of what could tell when something nameless was said, the day."""
        return start_of_day(self.now, self.zone) if nameless else self.now


AnyOccasion = Context | Occasion
"""What somebody does, or the bot of its own accord."""
