"""Nine quiet weeks and then many people with the same problem, lived once for all tests that begin after them."""

from collections.abc import Sequence

import pytest

from bot.core import Core
from bot.ports.inbound import Role
from tests.clock import StillClock
from tests.copies import Job
from tests.stage import BareStage, Person, bare_stage

PAYMENTS = (
    "Payment by card fails at the checkout",
    "The payment fails since this morning",
    "My card payment fails every time",
    "Checkout: the payment fails again",
    "Payment fails with my card",
    "Card payment fails at the till",
    "The card payment fails twice",
)
WEEKS = 9


async def quiet(core: Core) -> None:
    """Nine weeks in each of which somebody writes once."""
    clock = core.clock
    assert isinstance(clock, StillClock)
    async with bare_stage(core, events=10_000) as stage:
        for week in range(WEEKS):
            await Person(stage, "ines").says(f"/problem the number {week} tap drips")
            clock.forward(days=7)
    clock.forward(days=-7 * WEEKS)


async def burst(core: Core) -> None:
    """Seven people say after them that payments fail."""
    clock = core.clock
    assert isinstance(clock, StillClock)
    clock.forward(days=7 * WEEKS)
    async with bare_stage(core, events=20_000) as stage:
        for number, words in enumerate(PAYMENTS):
            await send(Person(stage, f"member {number}"), words)
    clock.forward(days=-7 * WEEKS)


async def send(person: Person, words: str) -> None:
    """Tell of a problem, and that it is meant although others told of the like."""
    await person.says(f"/problem {words}")
    if "Send" in person.hears():
        await person.presses("Send")


@pytest.fixture
def jobs(request: pytest.FixtureRequest) -> Sequence[Job]:
    if "lived" in request.fixturenames:
        return [quiet, burst]
    return [quiet] if "calm" in request.fixturenames else []


@pytest.fixture
def calm(stage: BareStage, clock: StillClock) -> Person:
    """A moderator after the quiet weeks."""
    clock.forward(days=7 * WEEKS)
    return Person(stage, "omar", Role.MODERATOR)


@pytest.fixture
def lived(calm: Person) -> Person:
    """A moderator once seven people have said that payments fail."""
    return calm
