"""The fake Discord most tests of this folder talk to."""

from collections.abc import AsyncIterator

import pytest

from tests.sockets.discord.running import plaza
from tests.sockets.fakes.discord import FakeDiscord


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with plaza() as fake:
        yield fake
        assert fake.journal.unknown == []
