"""The way to READY: soon, and where another program is at Discord's address, that is told and tried again."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from discord.utils import time_snowflake, utcnow
from structlog.testing import capture_logs

from tests.sockets.discord.running import PLAZA, plaza, running
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.fakes.discord.gateway.sessions import Session
from tests.sockets.running import until

HTML, LIST, OTHER = (faults.page(200, text) for text in ("<html>Welcome</html>", "[1, 2]", '{"ok": true}'))


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with plaza() as fake:
        yield fake


def troubles(told: Any) -> list[str]:
    return [str(line["trouble"]) for line in told if "trouble" in line]


@pytest.mark.parametrize("methods", [("get_me", "get_application"), ("get_gateway",)])
async def test_what_is_not_discord_is_told_with_its_setting_and_tried_again(
    home: Path, fake: FakeDiscord, methods: tuple[str, ...]
) -> None:
    for method in methods:
        for fault in (HTML, LIST, OTHER, faults.page(404, "Not Found")):
            fake.fail(method, fault)
    with capture_logs() as told:
        async with running(home, fake) as bot:
            bot.uses("suggest", text="Open later")
            await fake.sent("callback")
            await until(lambda: len(troubles(told)) == 2)
    first, last = troubles(told)
    assert "discord.api_url" in first
    assert "does not answer as Discord does" in first
    assert last == "none any more"


async def long_ago(_: object) -> int:
    return 1


async def test_a_server_that_comes_late_is_known_by_number_and_waited_for_before_its_messages_are_looked_through(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = {"last_message_id": str(time_snowflake(utcnow()))}
    plaza = {**PLAZA, "channels": [{**one, **last} for one in PLAZA["channels"]], "unavailable": False}
    monkeypatch.setattr(Session, "offer", lambda *_: False)
    monkeypatch.setattr("adapters.discord.connection.absence.last_seen", long_ago)
    async with running(home, fake, commands="guild"):
        (call,) = await fake.sent("put_commands")
        assert call.path["guild"] == PLAZA["id"]
        await asyncio.sleep(0.05)
        assert fake.journal._tried["get_messages"] == []
        monkeypatch.undo()
        fake.gateway.push("GUILD_CREATE", plaza)
        await fake.sent("get_messages", 2)
