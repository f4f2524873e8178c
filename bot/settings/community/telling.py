"""The settings of how a community tells its members what became of things, and talks with them."""

from pydantic import Field

from bot.settings.values import Section
from storage.vocabulary import News


class TellingSettings(Section):
    """How often members are sent news, and how long they are ready to talk."""

    news: News = Field(
        default=News.SPACED,
        description="how often members who chose nothing are sent news: spaced (at most once a day), at_once, daily, "
        "weekly or never",
    )
    ready_days: int = Field(default=90, ge=1, description="days for which somebody is ready to talk to the team")
