"""A few days of a community, as its moderators look back on them."""

from collections.abc import Awaitable, Callable

import pytest

from bot.ports.inbound import Role
from bot.ports.reply import Document
from tests.clock import StillClock
from tests.stage import BareStage, Person

Lives = Callable[[], Awaitable[None]]


@pytest.fixture
def ines(stage: BareStage) -> Person:
    return Person(stage, "ines")


@pytest.fixture
def omar(stage: BareStage) -> Person:
    return Person(stage, "omar", Role.MODERATOR)


@pytest.fixture
def lives(stage: BareStage, clock: StillClock, taught: None, ines: Person, omar: Person) -> Lives:
    """Two ideas, one done and one not, a problem that waits, and two questions, of which the bot knows one."""

    async def live() -> None:
        noor = Person(stage, "noor")
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

    return live


async def page_of(stage: BareStage, person: Person, command: str) -> str:
    """The page that a command sends somebody."""
    reply = await stage.do(person, text=command)
    assert reply
    (page,) = [block for block in reply.blocks if isinstance(block, Document)]
    assert page.media_type == "text/markdown"
    return page.content.decode()
