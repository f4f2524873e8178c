"""A community to fill, and what its store holds afterwards."""

from collections.abc import Awaitable, Callable

import pytest

from bot.core import Core
from storage import communities, walking
from storage.models import Community, Feedback
from tests.postgres import postgres
from tests.stage import BareStage, Person

__all__ = ["postgres"]

Items = Callable[[], Awaitable[list[Feedback]]]


@pytest.fixture
async def plaza(core: Core) -> Community:
    return (await core.store.read(communities.every))[0]


@pytest.fixture
def items(core: Core, plaza: Community) -> Items:
    """Every item of the community, in order."""

    async def read() -> list[Feedback]:
        return await core.store.read(lambda session: [item for item, _ in walking.walk(session, plaza.id)])

    return read


@pytest.fixture
def camille(stage: BareStage) -> Person:
    return Person(stage, "Camille")
