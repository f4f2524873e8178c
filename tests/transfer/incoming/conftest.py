"""A desk at which files are brought in."""

import pytest

from bot.core import Core
from storage.models import Community
from storage.people import communities
from tests.stage import BareStage, Person
from tests.transfer.incoming.desk import Desk


@pytest.fixture
async def plaza(core: Core) -> Community:
    return (await core.store.read(communities.every))[0]


@pytest.fixture
def desk(core: Core, plaza: Community) -> Desk:
    return Desk(core, plaza)


@pytest.fixture
def camille(stage: BareStage) -> Person:
    return Person(stage, "Camille")
