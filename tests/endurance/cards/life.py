"""A bot that keeps cards on both fakes, and its members who act by chance: one life, in a process that is killed.

It tells on stdout how many acts were done; a line on stdin lets it bring every card up to date and tell "drained".
"""

import argparse
import asyncio
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlmodel import Session, col, func, select
from telegram.ext import AIORateLimiter

from adapters.discord.connection.client import Discord
from adapters.telegram.connection.client import Telegram
from adapters.telegram.transport import backoff
from bot.clock import SystemClock
from bot.core import Core
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.features.cards.keeping import Keeper
from bot.operations.assembly import open_core
from bot.ports.inbound import Role
from bot.settings.config import Settings, load
from storage.models import Card
from tests.endurance.cards.acts import SHY, act, file, open_ideas, touch
from tests.sockets.conftest import TOKEN
from tests.sockets.discord import client
from tests.sockets.discord.boards import HALL
from tests.sockets.discord.running import Hurried, hurried
from tests.sockets.running import PLENTY
from tests.sockets.telegram.cards import GROUP
from tests.stage import BareStage, Person

REPORT = 10
"""Acts after which their number is told."""
BREATH = 0.1
"""Seconds in which nobody acts after a report, so that cards are kept amid the acts."""
QUIET = 3.0
"""Seconds without a card that is due, after which none is waited for any more."""


def settings(home: Path, telegram_url: str, api_url: str, gateway_url: str) -> Settings:
    return load(
        from_file=False,
        communities=({"key": "default", "name": "Portevoix", "open": True},),
        database=f"sqlite:///{home}/pv.db",
        key_file=home / "pv.key",
        telegram={"token": TOKEN, "api_url": telegram_url},
        discord={"token": client.TOKEN, "api_url": api_url, "gateway_url": gateway_url},
        limits=PLENTY,
        encoder="lexical",
    )


def unpace(patch: pytest.MonkeyPatch) -> None:
    """Let Telegram take as many messages in a group as there are."""
    unlimited = partial(
        AIORateLimiter, overall_max_rate=0, overall_time_period=0, group_max_rate=0, group_time_period=0
    )
    patch.setattr("telegram.ext.AIORateLimiter", unlimited)
    patch.setattr("adapters.telegram.transport.pace.A_MINUTE", 1_000_000)


@contextmanager
def hastened() -> Iterator[None]:
    """Nothing takes its time."""
    with hurried(), pytest.MonkeyPatch.context() as patch:
        unpace(patch)
        patch.setattr(backoff, "DELAYS", (0.05,))
        patch.setattr("discord.http.asyncio", Hurried())
        patch.setattr("bot.features.cards.ordering.NAMELESS_WAIT", range(2))
        patch.setattr("bot.features.cards.keeping.LOOK", 0.05)
        for name, seconds in {"SPACING": 0.2, "FIRST_RETRY": 0.1, "LONGEST_RETRY": 1.0, "OFFLINE_RETRY": 0.1}.items():
            patch.setattr(f"bot.features.cards.showing.{name}", timedelta(seconds=seconds))
        yield


async def live(own: Settings, since: int, items: int, acts: int) -> None:
    """Do what is left of the acts, then what stdin says."""
    core = await open_core(own, SystemClock())
    app = App(core, Policy(core.settings.limits))
    group, hall = Telegram(core, app.handle), Discord(core, app.handle)
    keeper = Keeper(core, {"telegram": group, "discord": hall})
    tasks = [asyncio.create_task(work) for work in (group.run(), hall.run(), keeper.run())]
    while not (group._ready.is_set() and hall._ready.is_set()):
        await asyncio.sleep(0.01)
    stage = BareStage(core, "telegram", _events=count(since * 10))
    if not since:
        await open_ideas(core, "plaza", {"telegram": str(GROUP), "discord": str(HALL)})
    people = [Person(stage, f"person-{number}") for number in range(40)]
    shy, mod = Person(stage, SHY), Person(stage, "alex", Role.MODERATOR)
    for number in range(since, items + acts):
        chance = random.Random(number)  # noqa: S311 - the same acts in each run
        await (file(chance.choice(people), shy, number) if number < items else act(stage, chance, people, mod))
        if number % REPORT == REPORT - 1:
            _tell(str(number + 1))
            await asyncio.sleep(BREATH)
    while await asyncio.to_thread(sys.stdin.readline):
        await core.store.write(touch)
        await _drained(core)
        _tell("drained")
    for task in tasks:
        task.cancel()


async def _drained(core: Core) -> None:
    """Wait until no card is due for a while."""

    def due(session: Session) -> int:
        return session.exec(select(func.count()).where(col(Card.revision) != col(Card.shown_revision))).one()

    loop = asyncio.get_running_loop()
    quiet_since = loop.time()
    while loop.time() - quiet_since < QUIET:
        if await core.store.read(due):
            quiet_since = loop.time()
        await asyncio.sleep(0.1)


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("addresses", nargs=3, help="of the fake Telegram, of Discord's API and its gateway")
    parser.add_argument("numbers", nargs=3, type=int, help="the first act, how many items, how many acts after them")
    given = parser.parse_args()
    fake = SimpleNamespace(api_url=given.addresses[1], gateway_url=given.addresses[2])
    with hastened(), client.pointed(fake):  # type: ignore[arg-type]
        asyncio.run(live(settings(given.home, *given.addresses), *given.numbers))
