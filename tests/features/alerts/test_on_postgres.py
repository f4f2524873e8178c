"""The same on PostgreSQL, where several processes look at once."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.features.alerts.posting import Poster
from bot.features.alerts.watch import Watch
from bot.operations.assembly import open_core
from bot.ports.inbound import Role
from bot.settings.config import Settings
from tests.features.alerts.conftest import MANY, Crisis
from tests.features.alerts.test_questions import MANY as DOWN
from tests.postgres import Server
from tests.stage import PLATFORM, Person


@pytest.fixture
def settings(settings: Settings, postgres: Server) -> Iterator[Settings]:
    place = postgres.create("alerts")
    yield settings.model_copy(update={"database": place.url, "key_file": place.key_file})
    postgres.drop("alerts")


async def test_several_processes_post_and_edit_one_and_two_who_press_at_once_are_one(
    crisis: Crisis, alex: Person, noor: Person
) -> None:
    await crisis.write(MANY)
    crisis.clock.forward(minutes=3)
    own = crisis.stage.core
    others = [await open_core(own.settings, crisis.clock) for _ in range(2)]
    cores = (own, *others) * 2
    try:
        await asyncio.gather(*(Watch(core).look() for core in cores))
        await asyncio.gather(*(Poster(core, {PLATFORM: crisis.board}).look() for core in cores))
        assert [name for name, _ in crisis.board.calls] == ["post"]
        await crisis.write(MANY[:4], who="Later")
        crisis.clock.forward(minutes=3)
        await asyncio.gather(*(Watch(core).look() for core in cores))
        await asyncio.gather(*(Poster(core, {PLATFORM: crisis.board}).look() for core in cores))
    finally:
        for core in others:
            core.store.close()
    assert [name for name, _ in crisis.board.calls] == ["post", "edit"]
    assert "20 problems, 20 people" in crisis.text()
    crisis.show()
    noor.role = Role.MODERATOR
    await asyncio.gather(alex.presses("I'm on it"), noor.presses("I'm on it"))
    assert alex.hears("On it: ").splitlines()[-2] == noor.hears("On it: ").splitlines()[-2]
    await asyncio.gather(alex.presses("False alarm"), noor.presses("False alarm"))
    await alex.says("/pulse")
    alex.hears("1 false alarm in 90 days.")
    await _questions_are_watched_too(crisis)


async def _questions_are_watched_too(crisis: Crisis) -> None:
    await crisis.ask(DOWN[:6], who="Camille")
    await crisis.ask(DOWN[6:10], nameless=True)
    await crisis.write([f"The site is down, {text}" for text in DOWN[:8]], who="Camille")
    await crisis.look(minutes=3)
    _, down = crisis.texts()
    assert "18 messages, 12 people since" in down
