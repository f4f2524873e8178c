"""A community in which a decision can be undone for a minute."""

import pytest

from bot.settings.config import Settings
from tests.stage import BareStage, Person


@pytest.fixture
def settings(settings: Settings) -> Settings:
    own = tuple(one.model_copy(update={"undo": 60}) for one in settings.communities)
    return settings.model_copy(update={"communities": own})


@pytest.fixture
def emile(stage: BareStage) -> Person:
    """A member who reads French."""
    return Person(stage, "emile", language="fr")
