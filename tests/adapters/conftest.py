"""The page, open, and people in front of it."""

from collections.abc import AsyncIterator

import pytest

from bot.core import Core
from bot.ports.inbound import Role
from tests.adapters.discord.stage import DiscordStage, discord_stage
from tests.adapters.telegram.stage import TelegramStage, telegram_stage
from tests.adapters.web.stage import WebStage, web_stage
from tests.stage import Person


@pytest.fixture
async def page(core: Core) -> AsyncIterator[WebStage]:
    async with web_stage(core) as stage:
        yield stage


@pytest.fixture
def camille(page: WebStage) -> Person:
    return page.meet(Person(page, "camille"))


@pytest.fixture
def noor(page: WebStage) -> Person:
    return page.meet(Person(page, "noor"))


@pytest.fixture
def alex(page: WebStage) -> Person:
    return page.meet(Person(page, "alex", Role.MODERATOR))


@pytest.fixture
async def telegram(core: Core) -> AsyncIterator[TelegramStage]:
    async with telegram_stage(core) as stage:
        yield stage


@pytest.fixture
def zoe(telegram: TelegramStage) -> Person:
    return Person(telegram, "zoe")


@pytest.fixture
def ines(telegram: TelegramStage) -> Person:
    return Person(telegram, "ines", language="fr")


@pytest.fixture
def omar(telegram: TelegramStage) -> Person:
    return Person(telegram, "omar", Role.MODERATOR)


@pytest.fixture
async def discord(core: Core) -> AsyncIterator[DiscordStage]:
    async with discord_stage(core) as stage:
        yield stage


@pytest.fixture
async def mia(discord: DiscordStage) -> Person:
    return await discord.seen(Person(discord, "mia"))


@pytest.fixture
async def luc(discord: DiscordStage) -> Person:
    return await discord.seen(Person(discord, "luc", language="fr"))


@pytest.fixture
async def rosa(discord: DiscordStage) -> Person:
    return await discord.seen(Person(discord, "rosa", Role.MODERATOR))
