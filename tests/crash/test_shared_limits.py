"""Two bots on one PostgreSQL that one person writes to at once: rates and caps are those of one bot."""

import asyncio
from collections.abc import AsyncIterator
from itertools import cycle
from secrets import token_hex

import pytest
from sqlmodel import Session, select

from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.operations.assembly import open_core
from bot.settings.config import Limits, Settings
from storage.models import Feedback, Rate
from tests.clock import StillClock
from tests.crash.publisher import settings as of_plaza
from tests.postgres import Server
from tests.stage import BareStage, Person
from tests.storage.rows import NOON

MANY = 12


@pytest.fixture
def settings(postgres: Server) -> Settings:
    location = postgres.create("limits")
    return of_plaza(location.url, location.key_file)


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOON)


@pytest.fixture
async def stages(settings: Settings, clock: StillClock, postgres: Server) -> AsyncIterator[list[BareStage]]:
    """Two bots, each of which knows that it is not alone; the events of each are its own."""
    pair = [BareStage(await open_core(settings, clock)) for _ in range(2)]
    for stage in pair:
        assert stage.core.store.leases
        stage.core.store.leases.others = True
    for _ in range(1_000):
        next(pair[1]._events)
    yield pair
    for stage in pair:
        stage.core.store.close()
    postgres.drop("limits")


def limit(stages: list[BareStage], **limits: str | int) -> None:
    own = Limits.model_validate({"filings": "1000 per hour", **limits})
    for stage in stages:
        object.__setattr__(stage.core, "settings", stage.core.settings.model_copy(update={"limits": own}))
        stage.app = App(stage.core, Policy(own))


async def suggest(stages: list[BareStage], count: int) -> list[str]:
    """Let Inès suggest so many things at once, to either bot in turn; returns all she hears."""
    people = [Person(stage, "ines") for stage in stages]
    turns = zip(range(count), cycle(people), strict=False)
    await asyncio.gather(*(person.says(f"/suggest {token_hex(6)} {token_hex(6)}") for _, person in turns))
    return [heard for stage, person in zip(stages, people, strict=True) for heard in stage.heard(person)]


async def filed(stage: BareStage) -> int:
    return len(await stage.core.store.read(lambda session: session.exec(select(Feedback.id)).all()))


async def test_a_cap_is_not_passed_by_two_bots_at_once_and_a_rate_counts_what_either_was_told(
    stages: list[BareStage], clock: StillClock
) -> None:
    limit(stages, open_items=3)
    heard = await suggest(stages, MANY)
    assert await filed(stages[0]) == 3
    assert sum("which is the most" in one for one in heard) == MANY - 3
    clock.forward(hours=2)
    limit(stages, filings="5 per 10 minutes")
    heard = await suggest(stages, MANY)
    assert await filed(stages[0]) == 3 + 5
    assert sum("room again in 10 minutes" in one for one in heard) == MANY - 5
    clock.forward(minutes=11)
    assert sum("Got it" in one for one in await suggest(stages, 1)) >= 1
    assert await filed(stages[0]) == 3 + 6


async def test_a_bot_that_is_alone_counts_in_memory(stages: list[BareStage]) -> None:
    limit(stages, filings="2 per hour")
    leases = stages[0].core.store.leases
    assert leases
    leases.others = False
    await suggest(stages[:1], 4)

    def counted(session: Session) -> int:
        return len(session.exec(select(Rate.id)).all())

    assert (await filed(stages[0]), await stages[0].core.store.read(counted)) == (2, 0)
