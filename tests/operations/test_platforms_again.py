"""Each platform's adapter, broken amid its work: it is made anew, connects again, and takes what is said to it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from adapters import discord, telegram, web
from adapters.discord.connection.client import Discord
from adapters.telegram.connection.client import Telegram
from adapters.web.client import Web
from adapters.web.scene import Scene
from bot.clock import SystemClock
from bot.core import Core
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.operations.assembly import open_core
from bot.operations.supervision import RestartableAdapter, Supervision
from bot.ports.adapter import Handle, Platform
from bot.settings.config import Settings
from bot.settings.config import Web as WebSettings
from storage.engine.errors import StoreBusy
from storage.models import Feedback
from tests.sockets import running as telegram_bot
from tests.sockets.discord import running as discord_bot
from tests.sockets.discord.client import pointed
from tests.sockets.discord.events import Events
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.raw import free_port
from tests.sockets.running import until
from tests.sockets.updates import Updates, supergroup, user


async def _soon(_: float) -> None:
    await asyncio.sleep(0.01)


@asynccontextmanager
async def supervised(settings: Settings, make: Callable[[Core, Handle], Platform]) -> AsyncIterator[Core]:
    """The adapter under supervision, started again without a wait."""
    core = await open_core(settings, SystemClock())
    handle = App(core, Policy(core.settings.limits)).handle
    adapter = RestartableAdapter("it", lambda: make(core, handle))
    task = asyncio.create_task(Supervision(adapter.name, adapter.run, _soon).run())
    try:
        yield core
        assert not task.done(), task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        core.store.close()


async def _filed(core: Core, text: str) -> None:
    async with asyncio.timeout(60):
        while text not in await core.store.read(lambda session: session.exec(select(Feedback.text)).all()):
            await asyncio.sleep(0.01)


async def test_discord_whose_library_ended_by_itself_is_connected_again(home: Path) -> None:
    made: list[Discord] = []

    def make(core: Core, handle: Handle) -> Discord:
        made.append(discord.create(core, handle))
        return made[-1]

    async with discord_bot.plaza() as fake:
        with pointed(fake), discord_bot.hurried(), capture_logs() as log:
            async with supervised(discord_bot.settings_for(home, fake), make) as core:
                await until(made[0]._ready.is_set)
                await made[0].client.close()
                await until(lambda: len(made) == 2 and made[1]._ready.is_set())
                fake.push(Events().slash("suggest", {"text": "Open later"}, discord_bot.GENERAL, discord_bot.CAMILLE))
                await _filed(core, "Open later")
    assert [entry["error"] for entry in log if entry["event"] == "stopped"] == ["Ended"]


async def test_telegram_that_broke_is_connected_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Telegram] = []
    faults, poll = [KeyError()], Telegram._poll

    def make(core: Core, handle: Handle) -> Telegram:
        made.append(telegram.create(core, handle))
        return made[-1]

    async def broken(self: Telegram) -> None:
        if faults:
            raise faults.pop()
        await poll(self)

    monkeypatch.setattr(Telegram, "_poll", broken)
    async with FakeTelegram() as fake:
        with capture_logs() as log:
            async with supervised(telegram_bot.settings_for(home, fake.url), make) as core:
                await until(lambda: len(made) == 2 and made[1]._ready.is_set())
                who = user(7, "Camille")
                fake.push(Updates().message("/suggest Open later", supergroup(-1, "Plaza"), who))
                await _filed(core, "Open later")
    assert [entry["error"] for entry in log if entry["event"] == "stopped"] == ["KeyError"]


async def test_the_page_that_could_not_open_opens_at_the_same_address(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Web] = []
    faults, recall = [StoreBusy("Another program holds the database.")], Scene.restore_digests

    def make(core: Core, handle: Handle) -> Platform:
        adapter = web.create(core, handle)
        assert isinstance(adapter, Web)
        made.append(adapter)
        return adapter

    async def broken(self: Scene) -> None:
        if faults:
            raise faults.pop()
        await recall(self)

    monkeypatch.setattr(Scene, "restore_digests", broken)
    port = free_port()
    with capture_logs() as log:
        async with supervised(settings.model_copy(update={"web": WebSettings(port=port)}), make):
            await until(lambda: len(made) == 2 and made[1].listening.is_set())
            async with httpx.AsyncClient() as http:
                assert (await http.get(f"http://127.0.0.1:{port}/")).status_code == 200
    assert [entry["mend"] for entry in log if entry["event"] == "stopped"] == ["Another program holds the database."]
