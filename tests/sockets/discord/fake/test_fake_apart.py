import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import discord
import pytest

from tests.sockets.discord.client import Bare, running
from tests.sockets.discord.events import Events, channel, guild, joined, member, user
from tests.sockets.fakes.discord import FakeDiscord

CAMILLE = user(7)
PLAZA = guild(1 << 30, channels=[channel(11 << 22, "general")], members=[member(CAMILLE)])
(GENERAL,) = PLAZA["channels"]


class Control:
    """The fake's desk."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.fake = FakeDiscord(int(url.rpartition(":")[2]))
        self._session = session

    async def __call__(self, verb: str, path: str, content: Any = None) -> Any:
        body: dict[str, Any] = {"data": content} if isinstance(content, bytes) else {"json": content}
        async with self._session.request(verb, path, **body) as answer:
            return await answer.json()


@pytest.fixture(scope="module")
def apart() -> Iterator[str]:
    """The address of a fake in its own process, which forgets everything for each test."""
    command = [sys.executable, "-m", "tests.sockets.fakes.discord"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own words
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0


@pytest.fixture
async def control(apart: str) -> AsyncIterator[Control]:
    async with aiohttp.ClientSession(f"{apart}/control/") as session:
        control = Control(apart, session)
        await control("POST", "reset")
        yield control


async def test_a_fake_in_its_own_process_is_driven_over_http(control: Control) -> None:
    assert await control("POST", "events", [joined(PLAZA)]) == [False]
    async with running(control.fake, bot := Bare()):
        general = bot.get_partial_messageable(int(GENERAL["id"]))
        await control("POST", "faults", {"method": "create_message", "status": 403, "code": 50013, "times": None})
        with pytest.raises(discord.Forbidden):
            await general.send("Refused")
        await control("DELETE", "faults")
        await general.send("Taken")
        (call,) = await control("GET", "calls?method=create_message&count=1")
        assert call["payload"]["content"] == "Taken"
        assert "error" in await control("GET", "calls?method=callback&count=1&timeout=0.01")
        state = await control("GET", "state")
        assert (state["sessions"], state["invalid"], state["unknown"]) == (1, 1, [])
        assert state["sent"]["create_message"] == 1
    await control("POST", "reset")
    assert (await control("GET", "state"))["sent"] == {}


async def test_its_gateway_fails_on_request(control: Control) -> None:
    async with running(control.fake, bot := Bare()):
        for number, act in enumerate(("reconnect", "resumable", "drop"), 1):
            await control("POST", "gateway", {"act": act})
            await bot.hears("resumed", number)
        for number, asked in enumerate(({"act": "invalidate"}, {"act": "close", "code": 4009}), 2):
            await control("POST", "gateway", asked)
            await bot.hears("ready", number)
        assert (await control("GET", "state"))["seen"]["identify"] == 3


async def test_its_world_and_limits_are_set_on_request(control: Control) -> None:
    await control("POST", "world", {"privileged": 1 << 15, "shards": 2, "patience": 0, "heartbeat": 0.05})
    await control("POST", "rates", {"method": "create_message", "count": 1, "seconds": 0.1})
    photo = await control("POST", "files?name=photo.jpg", b"jpeg")
    await control("POST", "events", [joined(PLAZA)])
    async with running(control.fake, bot := Bare(discord.Intents(1 << 15 | 1 << 9 | 1))):
        assert (await bot.http.get_bot_gateway())[0] == 2
        events = Events()
        said = events.message("Look", GENERAL, CAMILLE, attachments=[photo])
        await control("POST", "events", [said, events.slash("late", {}, GENERAL, CAMILLE)])
        ((message,), (interaction,)) = (await bot.hears("message"), await bot.hears("interaction"))
        assert await message.attachments[0].read() == b"jpeg"
        with pytest.raises(discord.NotFound):
            await interaction.response.defer()
        await message.channel.send("Taken")
        assert (await control("GET", "state"))["seen"]["heartbeat"] > 1
