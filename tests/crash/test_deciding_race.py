"""Two moderators at two bots on one PostgreSQL, who decide on the same items at the same instant."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select

from bot.core import Core
from bot.features.moderation.care.reminders import Reminders
from bot.operations.assembly import open_core
from bot.ports.inbound import Role
from bot.settings.config import Settings
from storage.models import Feedback, History, Outbox
from storage.vocabulary import Action, Status
from tests.clock import StillClock
from tests.crash.publisher import settings as of_plaza
from tests.postgres import Server
from tests.stage import BareStage, Person

ITEMS = 6


@pytest.fixture
def settings(postgres: Server) -> Settings:
    location = postgres.create("decided")
    found = of_plaza(location.url, location.key_file)
    own = tuple(one.model_copy(update={"undo": 60}) for one in found.communities)
    return found.model_copy(update={"communities": own})


@pytest.fixture
async def desks(settings: Settings, postgres: Server) -> AsyncIterator[tuple[Person, Person]]:
    """A moderator at each of two bots on one database, in which something was said."""
    cores = await open_core(settings, StillClock()), await open_core(settings, StillClock())
    # Events of one platform have one id each, whichever bot they reach.
    stages = [BareStage(core) for core in cores]
    alex, omar = (Person(stage, name, Role.MODERATOR) for stage, name in zip(stages, ("alex", "omar"), strict=True))
    for number in range(ITEMS):
        await Person(stages[0], "camille").says(f"/suggest Idea {number}")
    for _ in range(1000):
        next(stages[1]._events)
    yield alex, omar
    for core in cores:
        core.store.close()
    postgres.drop("decided")


def _core(person: Person) -> Core:
    return person.stage.core


async def _decisions(person: Person) -> list[int]:
    """The items of all decisions that stand."""

    def job(session: Session) -> list[int]:
        found = select(History.feedback_id).where(History.action == Action.STATUS).order_by(col(History.feedback_id))
        return list(session.exec(found))

    return await _core(person).store.read(job)


async def _statuses(person: Person) -> set[Status]:
    return await _core(person).store.read(lambda session: {one.status for one in session.exec(select(Feedback))})


async def test_each_item_is_decided_on_once_and_told_once(desks: tuple[Person, Person]) -> None:
    alex, omar = desks
    await alex.says("/queue 1 2 3 4 5 6 planned")
    await omar.says("/queue 6 5 4 3 2 1 done")
    await asyncio.gather(alex.presses(f"Planned: {ITEMS} items"), omar.presses(f"Done: {ITEMS} items"))
    decided = await _decisions(alex)
    assert len(decided) == len(set(decided)) == ITEMS
    both = (alex.hears(), omar.hears())
    assert sum("Left out:" in heard for heard in both) == 1
    assert len(await _statuses(alex)) == 1
    assert await _owed(alex, "status:") == ITEMS


async def test_one_takes_back_while_the_other_decides_and_an_item_is_taken_by_one_who_is_reminded_once(
    desks: tuple[Person, Person],
) -> None:
    alex, omar = desks
    await alex.says("/queue 1 2 3 planned")
    await alex.presses("Planned: 3 items")
    await omar.says("/queue 1 2 3 done")
    await asyncio.gather(alex.presses("Undo"), omar.presses("Done: 3 items"))
    # Whoever was first, the other is told, and no item is left with two decisions.
    decided = await _decisions(alex)
    assert len(decided) == len(set(decided))
    assert "Left out:" in alex.hears() or "Left out:" in omar.hears()
    await alex.says("/queue 4")
    await omar.says("/queue 4")
    await asyncio.gather(alex.presses("I take it"), omar.presses("I take it"))
    assert sum("Meanwhile" in person.hears("takes care of #4") for person in desks) == 1
    await alex.says("/due 4 2026-03-05")
    for person in desks:
        clock = _core(person).clock
        assert isinstance(clock, StillClock)
        clock.time = datetime(2026, 3, 5, 9, tzinfo=UTC)
    await asyncio.gather(*(Reminders(_core(person)).look() for person in desks * 3))
    assert await _owed(alex, "due:") == 1


async def _owed(person: Person, key: str) -> int:
    """How much is owed whose key begins so."""

    def job(session: Session) -> int:
        return len(session.exec(select(Outbox).where(col(Outbox.dedupe_key).startswith(key))).all())

    return await _core(person).store.read(job)
