"""A community that holds feedback as a test says."""

import pytest

from bot.settings.community.holding import HoldSettings
from bot.settings.config import Settings


@pytest.fixture
def hold() -> HoldSettings:
    """Nothing is held; a test that says otherwise is given another one."""
    return HoldSettings()


@pytest.fixture
def settings(settings: Settings, hold: HoldSettings) -> Settings:
    (own,) = settings.communities
    return settings.model_copy(update={"communities": (own.model_copy(update={"hold": hold}),)})
