"""A community as it comes: news once a day at most, and a minute in which a decision can be undone."""

import pytest

from bot.features.telling.gathering import Gathering
from bot.settings.community.telling import TellingSettings
from bot.settings.config import Settings
from tests.clock import StillClock
from tests.stage import BareStage


class Days:
    """Lets time pass: what is due is gathered and delivered, as if nobody had slept."""

    def __init__(self, stage: BareStage, clock: StillClock) -> None:
        self.stage, self.clock = stage, clock

    async def go_by(self, **span: float) -> None:
        self.clock.forward(**span)
        await Gathering(self.stage.core).look()
        await self.stage.deliver()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    usual = {"undo": 60, "telling": TellingSettings()}
    own = tuple(one.model_copy(update=usual) for one in settings.communities)
    return settings.model_copy(update={"communities": own})


@pytest.fixture
def days(stage: BareStage, clock: StillClock) -> Days:
    return Days(stage, clock)
