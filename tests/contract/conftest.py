"""The theatres the dialogues are played in: every platform passes the same ones."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial

import pytest

from bot.core import Core
from bot.settings.config import Settings, StaffPlace
from tests.adapters.discord.stage import discord_stage
from tests.adapters.telegram.stage import STAFF, telegram_stage
from tests.adapters.web.stage import web_stage
from tests.stage import Stage


@dataclass(frozen=True)
class Theatre:
    """One platform: its adapter's name, its staff place, and how a stage is opened on a core.

    Attributes:
        name: what tells it from others on the same platform.
    """

    platform: str
    open: Callable[[Core], AbstractAsyncContextManager[Stage]]
    staff: str = "staff"
    name: str = ""


PLATFORMS = (Theatre("telegram", telegram_stage, str(STAFF)), Theatre("discord", discord_stage))
"""An adapter joins the contract with one line here."""
THEATRES = (Theatre("web", web_stage), *PLATFORMS)
"""For the dialogues marked `everywhere`, which show each means once: a form, a file, a press, a card, a list.

What the others say is played on the bare stage in tests/features, and the demo's page draws nothing of its own in them.
"""
UNSEEN = Theatre("telegram", partial(telegram_stage, unseen=True), str(STAFF), "telegram, unseen in the group")
"""Where what people say goes another way, but not what is made of it: for the dialogues marked `unseen`."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play a dialogue in every theatre that it is for."""
    marked = metafunc.definition.get_closest_marker
    theatres: tuple[Theatre, ...] = THEATRES if marked("everywhere") else PLATFORMS
    if one := marked("on"):
        # What it says and asks is of a kind that other dialogues show on each platform.
        theatres = tuple(theatre for theatre in PLATFORMS if theatre.platform in one.args)
    unseen = (UNSEEN,) if marked("unseen") else ()
    metafunc.parametrize(
        "theatre", (*theatres, *unseen), ids=lambda theatre: theatre.name or theatre.platform, indirect=True
    )


@pytest.fixture
def theatre(request: pytest.FixtureRequest) -> Theatre:
    found: Theatre = request.param
    return found


@pytest.fixture
def settings(settings: Settings, theatre: Theatre) -> Settings:
    place = StaffPlace(platform=theatre.platform, place=theatre.staff)
    own = tuple(community.model_copy(update={"staff": place}) for community in settings.communities)
    return settings.model_copy(update={"communities": own})


@pytest.fixture
async def stage(core: Core, theatre: Theatre) -> AsyncIterator[Stage]:
    async with theatre.open(core) as stage:
        yield stage
