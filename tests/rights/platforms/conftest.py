"""One core and one stage of a platform, on which everybody tries everything: made anew for each test is what costs."""

from collections.abc import AsyncIterator

import pytest

from bot.core import Core
from bot.settings.config import Limits, Settings
from tests.contract.conftest import THEATRES, Theatre
from tests.stage import Stage


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play on every platform."""
    if "theatre" in metafunc.fixturenames:
        played = [one for one in THEATRES if one.platform != "bare"]
        metafunc.parametrize("theatre", played, ids=lambda one: one.platform, indirect=True)


@pytest.fixture
def theatre(request: pytest.FixtureRequest) -> Theatre:
    found: Theatre = request.param
    return found


@pytest.fixture
def settings(settings: Settings) -> Settings:
    often = Limits(commands="9999 per minute", filings="9999 per minute", questions="9999 per minute")
    return settings.model_copy(update={"limits": often})


@pytest.fixture
async def stage(core: Core, theatre: Theatre) -> AsyncIterator[Stage]:
    async with theatre.open(core) as stage:
        yield stage
