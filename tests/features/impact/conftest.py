"""A few days of a community, as its moderators look back on them."""

from collections.abc import Awaitable, Callable, Sequence

import pytest

from bot.core import Core
from bot.ports.inbound import Role
from bot.ports.reply import Document
from storage.answers import knowledge
from storage.people import communities
from tests.clock import StillClock
from tests.copies import Job
from tests.plaza import KNOWLEDGE
from tests.stage import BareStage, Person, bare_stage

Lives = Callable[[], Awaitable[None]]
HOURS = 33
"""How long the few days take."""


@pytest.fixture
def ines(stage: BareStage) -> Person:
    return Person(stage, "ines")


@pytest.fixture
def omar(stage: BareStage) -> Person:
    return Person(stage, "omar", Role.MODERATOR)


async def few_days(core: Core) -> None:
    """Two ideas, one done and one not, a problem that waits, and two questions, of which the bot knows one."""
    clock = core.clock
    assert isinstance(clock, StillClock)
    await core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, KNOWLEDGE))
    async with bare_stage(core, events=10_000) as stage:
        noor, ines, omar = Person(stage, "noor"), Person(stage, "ines"), Person(stage, "omar", Role.MODERATOR)
        await ines.says("/suggest A bench in the *shade*")
        await noor.says("/suggest Open on Sundays")
        await noor.says("/problem The side door sticks")
        await ines.says("/ask Can I give frozen food?")
        await noor.says("/ask Who feeds the cat?")
        clock.forward(hours=30)
        await omar.says("/queue 1 done It stands there since Monday")
        clock.forward(hours=3)
        await omar.says("/queue 2 not_planned Nobody to work it")
        await stage.deliver()
    clock.forward(hours=-HOURS)


@pytest.fixture
def jobs(request: pytest.FixtureRequest) -> Sequence[Job]:
    """The days are lived once for all tests that begin with them."""
    return [few_days] if "lives" in request.fixturenames else []


@pytest.fixture
def lives(core: Core, clock: StillClock) -> Lives:
    """Let the few days be over."""

    async def live() -> None:
        clock.forward(hours=HOURS)

    return live


async def page_of(stage: BareStage, person: Person, command: str) -> str:
    """The page that a command sends somebody."""
    reply = await stage.do(person, text=command)
    assert reply
    (page,) = [block for block in reply.blocks if isinstance(block, Document)]
    assert page.media_type == "text/markdown"
    return page.content.decode()
