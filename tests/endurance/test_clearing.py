"""A moderator clears a hundred mixed items on both platforms, in at most 1.6 presses each."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.core import Core
from bot.ports.inbound import Role
from bot.settings.config import Settings, StaffPlace
from tests.adapters.discord.stage import discord_stage
from tests.adapters.telegram.stage import STAFF, telegram_stage
from tests.clearing import Clearing, fill, waiting
from tests.stage import Person, Stage

ITEMS, MOST = 100, 1.6
Opened = Callable[[Core], AbstractAsyncContextManager[Stage]]


@pytest.fixture(params=["telegram", "discord"])
def platform(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def settings(settings: Settings, platform: str) -> Settings:
    place = StaffPlace(platform=platform, place=str(STAFF) if platform == "telegram" else "staff")
    own = tuple(one.model_copy(update={"staff": place, "undo": 60}) for one in settings.communities)
    # The script presses within seconds what takes a person five minutes.
    limits = settings.limits.model_copy(update={"commands": "10000 per minute"})
    return settings.model_copy(update={"communities": own, "limits": limits})


async def test_a_hundred_items_in_few_presses(
    core: Core, platform: str, record_property: Callable[[str, object], None]
) -> None:
    opened: Opened = telegram_stage if platform == "telegram" else discord_stage
    await fill(core, ITEMS)
    async with opened(core) as stage:
        presses = await Clearing(Person(stage, "alex", Role.MODERATOR)).run()
    record_property("presses", presses / ITEMS)
    print(platform, presses / ITEMS)  # noqa: T201 - the figure is the result
    assert await waiting(core) == 0
    assert presses <= ITEMS * MOST
