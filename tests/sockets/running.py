"""A bot that runs on the fake Telegram, with the real core, a real database and the machine's clock."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from adapters.telegram import create
from adapters.telegram.connection.client import Telegram
from adapters.telegram.transport import backoff
from bot.clock import Clock, SystemClock
from bot.core import Core
from bot.delivery.courier import Courier
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.operations.assembly import open_core
from bot.ports.adapter import Handle
from bot.settings.config import Settings, load
from bot.settings.connections import TelegramSettings
from storage.models import Feedback, Inbox
from storage.traffic.inbox import PARKED
from tests.sockets.conftest import TOKEN
from tests.sockets.fakes.journal import PATIENCE
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.fakes.telegram.journal import Call
from tests.sockets.updates import JSON, Updates, private, user

PLENTY = {"filings": "10000 per minute", "commands": "10000 per minute", "open_items": 10_000}


@dataclass
class Running:
    """The bot, and what is done to it."""

    core: Core
    fake: FakeTelegram
    telegram: Telegram
    courier: Courier
    updates: Updates = field(default_factory=Updates)

    def says(self, person: int, text: str) -> JSON:
        """Let somebody write to the bot; returns the update."""
        who = user(person, f"Person {person}")
        update = self.updates.message(text, private(who), who)
        self.fake.push(update)
        return update

    async def hears(self, person: int, *parts: str, count: int = 1) -> list[Call]:
        """Wait until somebody was sent so many messages; the last has all the parts."""
        await until(lambda: len(self.heard(person)) >= count)
        calls = self.heard(person)
        for part in parts:
            assert part in calls[-1].shown, calls[-1].shown
        return calls

    def heard(self, person: int) -> list[Call]:
        """What somebody was sent."""
        return [call for call in self.fake.journal.calls if call.chat == person and call.status == 200 and call.shown]

    async def filed(self) -> list[str]:
        """The words of everything filed, the oldest first."""
        query = select(Feedback.text).order_by(col(Feedback.id))
        return list(await self.core.store.read(lambda session: session.exec(query).all()))

    async def unhandled(self) -> list[Inbox]:
        """Updates that are kept, not handled and not set aside."""
        query = select(Inbox).where(col(Inbox.handled_at).is_(None))
        rows = await self.core.store.read(lambda session: session.exec(query).all())
        return [row for row in rows if PARKED not in (row.payload or "")]

    async def quiet(self, seconds: float = PATIENCE) -> None:
        """Wait until every update that is kept is handled."""
        async with asyncio.timeout(seconds):
            while await self.unhandled():
                await asyncio.sleep(0.002)


@cache
def plenty() -> Settings:
    """What bots on a fake have in common; the community is open, as who takes part is no matter of the connection."""
    return load(from_file=False, communities=({"key": "default", "name": "Portevoix", "open": True},), limits=PLENTY)


def settings_for(home: Path, url: str, **telegram: Any) -> Settings:
    """Settings of a bot on a fake."""
    own = TelegramSettings(**{"token": TOKEN, "api_url": url, **telegram})
    place = {"database": f"sqlite:///{home}/pv.db", "key_file": home / "pv.key"}
    return plenty().model_copy(update={**place, "telegram": own})


@asynccontextmanager
async def running(
    home: Path,
    fake: FakeTelegram,
    wrap: Callable[[Handle], Handle] = lambda handle: handle,
    clock: Clock | None = None,
    *,
    introduced: bool = False,
    **telegram: Any,
) -> AsyncIterator[Running]:
    """Run the bot; it is stopped as on SIGTERM.

    Args:
        wrap: puts something around the core.
        clock: the machine's, if none is given.
        introduced: whether menus and descriptions are set at the start, a sixth of a small test's time.
        telegram: settings.
    """
    core = await open_core(settings_for(home, fake.url, **telegram), clock or SystemClock())
    adapter = create(core, wrap(App(core, Policy(core.settings.limits)).handle))
    courier = Courier(core, {"telegram": adapter})
    tasks = [asyncio.create_task(adapter.run()), asyncio.create_task(courier.run())]
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(backoff, "DELAYS", (0.005,))
            patch.setattr("bot.delivery.courier.POLL_INTERVAL", 0.01)
            patch.setattr("bot.delivery.outcomes.FIRST_BACKOFF", timedelta(seconds=0.005))
            patch.setattr("bot.delivery.outcomes.PLACE_REPEAT", timedelta(seconds=0.01))
            if not introduced:
                patch.setattr(adapter, "_introduce", _unsaid)
            yield Running(core, fake, adapter, courier)
        for task in tasks:
            assert not task.done(), task
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await courier.stop()
        core.store.close()


async def _unsaid() -> None: ...


async def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something is true; fails when it is not in time."""
    try:
        async with asyncio.timeout(seconds):
            while not true():
                await asyncio.sleep(0.002)
    except TimeoutError:
        raise AssertionError(f"not within {seconds} s") from None
