"""The community that most tests are about: its settings, and answers its team has written."""

import functools
import os
from pathlib import Path

from bot.settings.community.telling import TellingSettings
from bot.settings.config import CommunitySettings, Settings, StaffPlace
from storage.answers.knowledge import Entry
from storage.vocabulary import News
from tests.stage import PLATFORM

KNOWLEDGE = (
    Entry("frozen", ("Can I give frozen food?", "Do you take frozen food?"), "Yes, until noon.", "en"),
    Entry("delivery", ("How do I change my delivery address?",), "Under Orders.", "en"),
    Entry("email", ("How do I change my email address?",), "Under Account.", "en"),
    Entry("post", ("How do I change my postal address for letters?",), "By letter, sadly.", "en"),
    Entry("opening", ("Quels sont les horaires d'ouverture ?",), "De 9 h à midi.", "fr"),
)


def plaza(home: Path) -> Settings:
    """Settings with one community, whose database and key are in the home folder."""
    own = tuple((name, value) for name, value in os.environ.items() if name.startswith("PORTEVOIX_"))
    return _plaza(own).model_copy(update={"database": f"sqlite:///{home}/pv.db", "key_file": home / "pv.key"})


@functools.cache
def _plaza(_environment: tuple[tuple[str, str], ...]) -> Settings:
    """The settings, cached for each environment, since reading them takes longer than a small test."""
    return Settings(
        timezone="Europe/Paris",
        communities=(
            CommunitySettings(
                key="plaza",
                name="Plaza",
                team="Delivery team",
                staff=StaffPlace(platform=PLATFORM, place="staff"),
                undo=0,
                # Each piece of news is sent by itself; tests/features/telling tests the default.
                telling=TellingSettings(news=News.AT_ONCE),
            ),
        ),
    )
