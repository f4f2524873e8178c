"""A few dialogues with the team on each platform: nothing of a nameless author leaves to anyone else."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.core import Core
from bot.settings.config import Limits, Settings
from tests.adapters.discord.stage import DiscordStage, discord_stage
from tests.adapters.telegram.stage import TelegramStage, telegram_stage
from tests.clock import StillClock
from tests.markers import held, leaks, marker

DIALOGUES = 2
Opened = Callable[[Core], AbstractAsyncContextManager[TelegramStage | DiscordStage]]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    free = "100000 per minute"
    return settings.model_copy(update={"limits": Limits(filings=free, questions=free, commands=free)})


@pytest.fixture(params=["telegram", "discord"])
def opened(request: pytest.FixtureRequest) -> Opened:
    return telegram_stage if request.param == "telegram" else discord_stage


@pytest.fixture
def dialogues() -> int:
    """How many there are."""
    return DIALOGUES


async def test_nothing_of_a_nameless_author_leaves_to_anyone_else(
    core: Core, opened: Opened, clock: StillClock, home: Path, dialogues: int
) -> None:
    async with opened(core) as stage:
        talks, logs = await held(stage, clock, dialogues)
        assert await leaks(talks, logs, home, range(1, dialogues, 2)) == []
        named = "".join(await leaks(talks, logs, home, [0]))
        assert f"{marker(0)} to " in named, "a name that is shown is found"
        staff = "".join(stage.staff())
        assert staff.count("The author of #") >= dialogues
