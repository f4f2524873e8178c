"""A community with trusted contacts."""

import pytest

from bot.settings.config import Settings
from tests.stage import BareStage, Person


@pytest.fixture
def settings(settings: Settings) -> Settings:
    plaza = settings.communities[0].model_copy(update={"trusted_contacts": ("bare:sam", "bare:Robin Lemaire")})
    return settings.model_copy(update={"communities": (plaza,)})


@pytest.fixture
def sam(stage: BareStage) -> Person:
    return Person(stage, "sam")


@pytest.fixture
def robin(stage: BareStage) -> Person:
    return Person(stage, "Robin Lemaire", language="fr")
