"""The same on PostgreSQL, where several processes look at once for what is late."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.features.moderation.authors.overdue import Overdue
from bot.operations.assembly import open_core
from bot.settings.config import Settings
from tests.clock import StillClock
from tests.features.routing.conftest import file
from tests.postgres import Server
from tests.stage import BareStage, Person


@pytest.fixture
def settings(settings: Settings, postgres: Server) -> Iterator[Settings]:
    place = postgres.create("routing")
    yield settings.model_copy(update={"database": place.url, "key_file": place.key_file})
    postgres.drop("routing")


async def test_known_issues_areas_severity_and_answer_times(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    # A known issue begins and ends.
    await camille.says("/problem Paying by card fails at the checkout")
    await alex.says("/incident 1 Card payments fail since noon.")
    await alex.presses("Tell people")
    await noor.says("/problem Paying by card at the checkout fails")
    await noor.presses("Tell me when it is over")
    await alex.says("/incident 1 over Cards work again")
    await stage.deliver()
    noor.hears("#1 is now resolved.", "Cards work again")
    # An area is set and growth is severe.
    await alex.says("/route Delivery team Van drivers")
    alex.hears("Delivery · Van drivers")
    await file(stage, camille, "problem", "The bench is dirty", audience="everyone")
    for n in range(5):
        person = Person(stage, f"person{n}")
        await person.says("/status 2")
        await person.presses("Me too")
    await stage.deliver()
    assert "5 people in 24 hours." in stage.staff()[-1]
    # Several processes tell once.
    for day in ("Sundays", "Mondays", "Tuesdays"):
        await file(stage, camille, "suggest", f"Open on {day}", area="Shop")
    await noor.says("/status 3")
    await noor.presses("Support")
    clock.forward(days=6)
    others = [await open_core(stage.core.settings, clock) for _ in range(2)]
    try:
        told = await asyncio.gather(*(Overdue(core).catch_up() for core in (stage.core, *others) * 2))
    finally:
        for core in others:
            core.store.close()
    assert sum(told) == 3
    await stage.deliver()
    assert sum("not forgotten" in text for text in stage.heard(camille)) == 3
    assert sum("not forgotten" in text for text in stage.heard(noor)) == 1
