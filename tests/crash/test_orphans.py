"""Rows that a killed process had in memory: another delivers them soon; those of one that lives are left alone."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.core import Core
from bot.delivery.courier import Courier
from bot.operations.assembly import open_core
from storage.engine.leases import PROCESS
from storage.models import Outbox
from storage.traffic import deliveries
from storage.traffic.deliveries import GRACE
from storage.traffic.outbox import LEASE
from tests.clock import StillClock
from tests.crash.publisher import settings as of_plaza
from tests.postgres import Server
from tests.storage.rows import NOON
from tests.unit.postman import Postman, owe

DEAD, LIVING = 77, 78


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOON)


@pytest.fixture
async def core(postgres: Server, clock: StillClock) -> AsyncIterator[Core]:
    location = postgres.create("orphans")
    core = await open_core(of_plaza(location.url, location.key_file), clock)
    yield core
    core.store.close()
    postgres.drop("orphans")


async def taken_by(core: Core, process: int | None) -> Outbox:
    """What a process takes of what is due, while one other runs."""

    def job(session: Session) -> list[Outbox]:
        session.info[PROCESS] = process
        return deliveries.take(session, core.clock.now(), 10, (), {LIVING})

    (row,) = await core.store.write(job)
    return row


async def test_what_a_dead_process_had_is_delivered_after_the_grace(core: Core, clock: StillClock) -> None:
    await owe(core, "agora")
    assert (await taken_by(core, DEAD)).process == DEAD
    postman = Postman()
    courier = Courier(core, {"bare": postman})
    assert await courier.drain() == 0
    clock.forward(seconds=GRACE.total_seconds() + 0.1)
    assert await courier.drain() == 1
    assert postman.delivered == [("agora", "News.")]


async def test_what_a_living_process_has_is_left_to_it_until_its_lease_ends(core: Core, clock: StillClock) -> None:
    await owe(core, "agora")
    await taken_by(core, LIVING)
    clock.time += LEASE - timedelta(seconds=1)
    with pytest.raises(ValueError, match="not enough"):
        await taken_by(core, DEAD)
    clock.forward(seconds=1)
    assert (await taken_by(core, DEAD)).process == DEAD


async def test_what_waits_by_a_platform_s_wish_waits_though_its_process_is_dead(core: Core, clock: StillClock) -> None:
    await owe(core, "agora")
    row, until = await taken_by(core, DEAD), clock.now() + timedelta(minutes=1)
    await core.store.write(lambda session: deliveries.postpone(session, row.id, until, "flood"))
    clock.forward(seconds=30)
    with pytest.raises(ValueError, match="not enough"):
        await taken_by(core, LIVING)
