"""What the team has written is in the database from the start of all tests that need it."""

from collections.abc import Sequence

import pytest

from bot.core import Core
from storage.answers import knowledge
from storage.people import communities
from tests.copies import Job
from tests.plaza import KNOWLEDGE


async def teach(core: Core) -> None:
    """Let the team have written a few answers."""
    await core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, KNOWLEDGE))


@pytest.fixture
def jobs(request: pytest.FixtureRequest) -> Sequence[Job]:
    return [teach] if "taught" in request.fixturenames else []


@pytest.fixture
def taught() -> None:
    """The team has written a few answers."""
