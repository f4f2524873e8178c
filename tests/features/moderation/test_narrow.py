"""Within the minute in which a decision can be undone, fewer people can be told of it."""

import re

import pytest

from bot.settings.config import Settings
from tests.clock import StillClock
from tests.features.moderation.speaking import namelessly
from tests.stage import BareStage, Person
from tests.words import WISHES


@pytest.fixture
def settings(settings: Settings) -> Settings:
    own = tuple(one.model_copy(update={"undo": 60}) for one in settings.communities)
    return settings.model_copy(update={"communities": own})


async def _plans(noor: Person, alex: Person, number: int) -> None:
    """Noor supports Camille's item; it is decided on just now."""
    await noor.says(f"/support {number}")
    await alex.says(f"/queue {number}")
    await alex.presses("Planned")
    alex.hears("2 people will be told.", "[Undo] [Tell only the author] [Tell only supporters]")


async def _told(stage: BareStage, clock: StillClock, *people: Person) -> list[list[int]]:
    """The numbers of what each person has heard by now that it is planned."""
    clock.forward(minutes=2)
    await stage.deliver()
    heard = [re.findall(r"#(\d+) is now planned", "\n".join(stage.heard(person))) for person in people]
    return [[int(number) for number in one] for one in heard]


async def test_the_author_alone_or_supporters_alone_are_told_with_and_without_a_name(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    for words in WISHES[:2]:
        await camille.says(f"/suggest {words}")
    for words in WISHES[2:4]:
        await namelessly(stage, camille, words)
    for number in (1, 1000):
        await _plans(noor, alex, number)
        await alex.presses("Tell only the author")
        alex.hears(f"#{number} is now planned. Only the author is told. 1 person will be told.", "[Undo]")
    assert await _told(stage, clock, camille, noor) == [[1, 1000], []]
    for number in (2, 1001):
        await _plans(noor, alex, number)
        await alex.presses("Tell only supporters")
        alex.hears("Only those who support or follow it are told. 1 person will be told.")
    assert await _told(stage, clock, camille, noor) == [[1, 1000], [2, 1001]]


async def test_by_default_all_are_told_and_told_to_fewer_it_can_still_be_undone_until_it_is_too_late(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    for words in WISHES[:4]:
        await camille.says(f"/suggest {words}")
    await _plans(noor, alex, 1)
    assert await _told(stage, clock, camille, noor) == [[1], [1]]
    await _plans(noor, alex, 2)
    await alex.presses("Tell only the author")
    await alex.presses("Undo")
    alex.hears("Undone: #2 is received again")
    assert await _told(stage, clock, camille, noor) == [[1], [1]]
    await _plans(noor, alex, 3)
    clock.forward(minutes=2)
    await alex.presses("Tell only the author")
    alex.hears("It is too late")
    assert await _told(stage, clock, camille, noor) == [[1, 3], [1, 3]]
    # With nobody else concerned there is no choice.
    await alex.says("/queue 4 planned")
    assert "Tell only" not in alex.hears("1 person will be told.", "[Undo]")


async def _several(stage: BareStage, camille: Person, noor: Person, alex: Person, number: int) -> None:
    """Two items, one with a supporter, decided on just now."""
    await camille.says(f"/suggest {WISHES[2 * number]}")
    await namelessly(stage, camille, WISHES[2 * number + 1])
    await noor.says(f"/support {number}")
    await alex.says(f"/queue {number} {999 + number} planned")
    await alex.presses("Planned: 2 items")
    alex.hears("[Undo] [Tell only the author] [Tell only supporters] [Next]")


async def test_of_several_the_authors_alone_or_the_supporters_alone_are_told_until_it_is_too_late(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await _several(stage, camille, noor, alex, 1)
    await alex.presses("Tell only the author")
    alex.hears(
        "Only the author is told.", "#1 · 1 person will be told.", "#1000 · 1 person will be told.", "[Undo] [Next]"
    )
    mine, supported = await _told(stage, clock, camille, noor)
    assert (sorted(mine), supported) == ([1, 1000], [])
    await _several(stage, camille, noor, alex, 2)
    await alex.presses("Tell only supporters")
    alex.hears(
        "Only those who support or follow it are told.", "#2 · 1 person will be told.", "#1001 · Nobody to tell."
    )
    mine, supported = await _told(stage, clock, camille, noor)
    assert (sorted(mine), supported) == ([1, 1000], [2])
    await _several(stage, camille, noor, alex, 3)
    clock.forward(minutes=2)
    await alex.presses("Tell only the author")
    alex.hears(
        "Left out:", "#3 stays as it is (planned): it is too late.", "#1002 stays as it is (planned): it is too late."
    )
