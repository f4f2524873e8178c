"""/impact: what listening brought, as moderators ask for it."""

import pytest

from bot.core import Core
from bot.ports.inbound import Role
from bot.ports.reply import Document, Reply
from bot.settings.config import Settings
from bot.settings.impact import ImpactSettings
from tests.clock import StillClock
from tests.stage import BareStage, Person


@pytest.fixture
def ines(stage: BareStage) -> Person:
    return Person(stage, "ines")


@pytest.fixture
def omar(stage: BareStage) -> Person:
    return Person(stage, "omar", Role.MODERATOR)


async def lived(stage: BareStage, clock: StillClock, ines: Person, omar: Person) -> None:
    """A few days of March: two ideas, one done and one not, a problem that waits, and two questions."""
    noor = Person(stage, "noor")
    await ines.says("/suggest A bench in the shade")
    await noor.says("/suggest Open on Sundays")
    await noor.says("/problem The side door sticks")
    await ines.says("/ask Can I give frozen food?")
    await noor.says("/ask Who feeds the cat?")
    clock.forward(hours=30)
    await omar.says("/queue 1 done It stands there since Monday")
    clock.forward(hours=3)
    await omar.says("/queue 2 not_planned Nobody to work it")
    await stage.deliver()


async def test_it_says_what_listening_brought(
    stage: BareStage, clock: StillClock, taught: None, ines: Person, omar: Person
) -> None:
    await lived(stage, clock, ines, omar)
    await omar.says("/impact 2026-03")
    assert omar.hears() == ""
