"""A bot that runs on the fake Discord, with the real core, a real database and the machine's clock."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from adapters.discord import create
from adapters.discord.connection import client, gateway, loop
from adapters.discord.connection.client import Discord
from adapters.discord.connection.gateway import Gateway
from adapters.discord.incoming import interactions
from bot.clock import Clock, SystemClock
from bot.core import Core
from bot.delivery.courier import Courier
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.dispatch.presses import Presses
from bot.operations.assembly import open_core
from bot.ports.adapter import Handle
from bot.ports.reply import Reply
from bot.settings.config import Settings
from bot.settings.connections import DiscordSettings
from storage.models import Feedback, Outbox
from storage.people import communities, members
from storage.traffic import outbox
from storage.vocabulary import Delivery
from tests.sockets.discord.client import TOKEN, pointed
from tests.sockets.discord.events import JSON, Events, channel, guild, joined, member, user
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.journal import PATIENCE
from tests.sockets.running import plenty, until

CAMILLE = user(7)
PLAZA = guild(1 << 30, channels=[channel(11 << 22, "general"), channel(12 << 22, "garden")], members=[member(CAMILLE)])
GENERAL, GARDEN = PLAZA["channels"]


HURRY = 0.01
"""Seconds between attempts, here."""


class Hurried:
    """asyncio, for a module that sleeps for seconds between its attempts."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, HURRY))


@dataclass
class Running:
    """The bot, and what is done to it.

    Attributes:
        receiving: the adapter at work.
    """

    core: Core
    fake: FakeDiscord
    discord: Discord
    courier: Courier
    receiving: "asyncio.Task[None]"
    events: Events = field(default_factory=Events)

    def uses(self, name: str, person: JSON = CAMILLE, place: JSON = GENERAL, **options: Any) -> JSON:
        """Let somebody use a command; returns the event."""
        event = self.events.slash(name, options, place, person)
        self.fake.push(event)
        return event

    async def filed(self) -> list[str]:
        """The words of everything filed, the oldest first."""
        query = select(Feedback.text).order_by(col(Feedback.id))
        return list(await self.core.store.read(lambda session: session.exec(query).all()))

    async def owe(self, key: str, reply: Reply, channel: JSON = GENERAL) -> int:
        """Owe a channel a digest, or whatever nobody waits for."""

        def job(session: Session) -> int:
            home = communities.every(session)[0]
            place = communities.join_place(session, home.id, "discord", channel["id"], staff=False)
            return _owed(outbox.owe(session, key, payload, self.core.clock.now(), place_id=place.id))

        payload = self.core.codec.dump(reply)
        return await self._owe(job)

    async def owe_person(self, key: str, reply: Reply, person: JSON = CAMILLE) -> int:
        """Owe a person news."""

        def job(session: Session) -> int:
            now = self.core.clock.now()
            who = members.resolve(session, "discord", person["id"], "Somebody", now.date())
            return _owed(outbox.owe(session, key, payload, now, recipient_id=who.id))

        payload = self.core.codec.dump(reply)
        return await self._owe(job)

    async def row(self, number: int) -> Outbox:
        """A delivery as it stands."""
        return await self.core.store.read(lambda session: session.get_one(Outbox, number))

    async def became(self, number: int, state: Delivery) -> Outbox:
        """Wait until a delivery is in a state."""
        async with asyncio.timeout(PATIENCE):
            while (found := await self.row(number)).state is not state:
                await asyncio.sleep(0.01)
        return found

    def posts(self, channel: JSON = GENERAL) -> list[str]:
        """What stands in a channel, ephemeral messages too."""
        return [one["content"] for one in self.fake.world.messages[int(channel["id"])].values()]

    async def _owe(self, job: Callable[[Session], int]) -> int:
        number = await self.core.store.write(job)
        self.core.debts.notify()
        return number


def _owed(row: Outbox | None) -> int:
    assert row
    return row.id


def settings_for(home: Path, fake: FakeDiscord, **discord: Any) -> Settings:
    """Settings of a bot on a fake."""
    own = DiscordSettings(**{"token": TOKEN, "api_url": fake.api_url, "gateway_url": fake.gateway_url, **discord})
    place = {"database": f"sqlite:///{home}/pv.db", "key_file": home / "pv.key"}
    return plenty().model_copy(update={**place, "discord": own})


@asynccontextmanager
async def running(
    home: Path,
    fake: FakeDiscord,
    wrap: Callable[[Handle], Handle] = lambda handle: handle,
    *,
    ready: bool = True,
    clock: Clock | None = None,
    **discord: Any,
) -> AsyncIterator[Running]:
    """Run the bot, which does not take its time between attempts; it is stopped as on SIGTERM.

    Args:
        wrap: puts something around the core.
        ready: whether to wait until it is.
        clock: the machine's, if none is given.
        discord: settings.
    """
    core = await open_core(settings_for(home, fake, **discord), clock or SystemClock())
    with pointed(fake), hurried():
        adapter = create(core, wrap(App(core, Policy(core.settings.limits), Presses()).handle))
        courier = Courier(core, {"discord": adapter})
        tasks = [asyncio.create_task(adapter.run()), asyncio.create_task(courier.run())]
        try:
            if ready:
                await until(lambda: adapter._ready.is_set() or tasks[0].done())
            yield Running(core, fake, adapter, courier, tasks[0])
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await courier.stop()
            core.store.close()


@contextmanager
def hurried() -> Iterator[None]:
    """The adapter and the library do not take their time between attempts."""

    async def at_once(*_: object, **__: object) -> None: ...

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Gateway, "before_identify_hook", at_once)
        patch.setattr(loop, "BACKOFF", (HURRY,))
        patch.setattr("bot.delivery.courier.POLL_INTERVAL", 0.02)
        patch.setattr("bot.delivery.outcomes.FIRST_BACKOFF", timedelta(seconds=HURRY))
        patch.setattr("bot.delivery.outcomes.PLACE_REPEAT", timedelta(seconds=HURRY))
        patch.setattr(client, "CONNECT_RETRY", HURRY)
        patch.setattr(gateway, "GUILDS_POLL", HURRY)
        for module in ("discord.shard", "discord.webhook.async_"):
            patch.setattr(f"{module}.asyncio", Hurried())
        yield


@asynccontextmanager
async def plaza() -> AsyncIterator[FakeDiscord]:
    """A fake with one guild. The three seconds of Discord's are long here, but where a test is about them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interactions, "ACKNOWLEDGE_AFTER", PATIENCE)
        async with FakeDiscord() as fake:
            fake.world.patience = PATIENCE
            fake.push(joined(PLAZA))
            yield fake
