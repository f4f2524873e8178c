"""Two bots share a database, and a moderator of each presses at the same moment, each in a thread of its own."""

import asyncio
from collections.abc import Iterator
from itertools import count
from threading import Barrier

import pytest
from sqlmodel import Session, select

from bot.operations.assembly import open_core
from bot.ports.inbound import Role
from bot.settings.config import Settings
from storage.models import History
from storage.vocabulary import Action
from tests.clock import StillClock
from tests.postgres import Server
from tests.stage import BareStage, Person, bare_stage
from tests.words import WISHES

ITEMS = 6


@pytest.fixture
def settings(settings: Settings, postgres: Server) -> Iterator[Settings]:
    place = postgres.create("together")
    yield settings.model_copy(update={"database": place.url, "key_file": place.key_file})
    postgres.drop("together")


async def decides(settings: Settings, clock: StillClock, name: str, label: str, start: Barrier) -> list[str]:
    """A bot of its own, with a moderator who decides on each item; return what they hear."""
    core = await open_core(settings, clock)
    said = []
    try:
        async with bare_stage(core) as stage:
            # What came to the other bot does not come again.
            stage._events = count(1000 if name == "lea" else 2000)
            person = Person(stage, name, Role.MODERATOR)
            for number in range(1, ITEMS + 1):
                await person.says(f"/queue {number}")
                start.wait(timeout=60)
                await person.presses(label)
                said.append(person.hears(f"#{number}"))
    finally:
        core.store.close()
    return said


async def test_of_two_presses_at_once_one_decides(stage: BareStage, camille: Person, clock: StillClock) -> None:
    for number in range(ITEMS):
        await camille.says(f"/suggest {WISHES[number]}")
    settings, start = stage.core.settings, Barrier(2)
    both = (("alex", "Planned"), ("lea", "Done"))
    lives = [asyncio.to_thread(asyncio.run, decides(settings, clock, name, label, start)) for name, label in both]
    for number, said in enumerate(zip(*await asyncio.gather(*lives), strict=True), 1):
        assert sum(f"#{number} is now" in words for words in said) == 1
        assert sum(f"Meanwhile a decision was made on #{number}" in words for words in said) == 1

    def look(session: Session) -> int:
        return len(session.exec(select(History).where(History.action == Action.STATUS)).all())

    assert await stage.core.store.read(look) == ITEMS
