"""Three bots on one PostgreSQL: a person is erased while twelve acts of theirs, and on their words, are under way."""

from collections.abc import AsyncIterator

import pytest

from bot.core import Core
from bot.operations.assembly import open_core
from tests.clock import StillClock
from tests.crash.hammer import PLENTY, hammer
from tests.crash.publisher import settings as of_plaza
from tests.postgres import Server

ROUNDS = range(2)
BOTS = 3


@pytest.fixture
async def bots(postgres: Server) -> AsyncIterator[list[Core]]:
    location = postgres.create("hammered")
    settings = of_plaza(location.url, location.key_file).model_copy(update={"limits": PLENTY})
    cores = [await open_core(settings, StillClock()) for _ in range(BOTS)]
    yield cores
    for core in cores:
        core.store.close()
    postgres.drop("hammered")


async def test_no_words_are_left_without_an_owner(bots: list[Core]) -> None:
    assert await hammer(bots, ROUNDS) == []
