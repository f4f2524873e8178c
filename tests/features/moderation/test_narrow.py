"""Within the minute in which a decision can be undone, fewer people can be told of it."""

import pytest

from bot.settings.config import Settings
from tests.clock import StillClock
from tests.features.moderation.speaking import namelessly
from tests.stage import BareStage, Person


@pytest.fixture
def settings(settings: Settings) -> Settings:
    own = tuple(one.model_copy(update={"undo": 60}) for one in settings.communities)
    return settings.model_copy(update={"communities": own})


async def _planned(stage: BareStage, author: Person, supporter: Person, alex: Person, *, named: bool) -> int:
    """An item with a supporter, decided on just now; its number."""
    await (author.says("/suggest Sunday opening") if named else namelessly(stage, author, "Sunday opening"))
    number = 1 if named else 1000
    await supporter.says(f"/support {number}")
    await alex.says(f"/queue {number}")
    await alex.presses("Planned")
    alex.hears("2 people will be told.", "[Undo] [Tell only the author] [Tell only supporters]")
    return number


@pytest.mark.parametrize("named", [True, False])
async def test_the_author_alone_is_told(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock, named: bool
) -> None:
    number = await _planned(stage, camille, noor, alex, named=named)
    await alex.presses("Tell only the author")
    alex.hears(f"#{number} is now planned. Only the author is told. 1 person will be told.", "[Undo]")
    clock.forward(minutes=2)
    await stage.deliver()
    camille.hears(f"#{number} is now planned.")
    noor.never_heard("is now planned")


@pytest.mark.parametrize("named", [True, False])
async def test_supporters_alone_are_told(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock, named: bool
) -> None:
    number = await _planned(stage, camille, noor, alex, named=named)
    await alex.presses("Tell only supporters")
    alex.hears("Only those who support or follow it are told. 1 person will be told.")
    clock.forward(minutes=2)
    await stage.deliver()
    noor.hears(f"#{number} is now planned.")
    camille.never_heard("is now planned")


async def test_by_default_all_are_told(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await _planned(stage, camille, noor, alex, named=True)
    clock.forward(minutes=2)
    await stage.deliver()
    camille.hears("#1 is now planned.")
    noor.hears("#1 is now planned.")


async def test_it_can_still_be_undone(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await _planned(stage, camille, noor, alex, named=True)
    await alex.presses("Tell only the author")
    await alex.presses("Undo")
    alex.hears("Undone: #1 is received again")
    clock.forward(minutes=2)
    await stage.deliver()
    camille.never_heard("is now planned")


async def test_later_it_is_too_late(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await _planned(stage, camille, noor, alex, named=True)
    clock.forward(minutes=2)
    await alex.presses("Tell only the author")
    alex.hears("It is too late")
    await stage.deliver()
    noor.hears("#1 is now planned.")


async def test_with_nobody_else_concerned_there_is_no_choice(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 planned")
    assert "Tell only" not in alex.hears("1 person will be told.", "[Undo]")


async def _several(stage: BareStage, camille: Person, noor: Person, alex: Person) -> None:
    """Two items, one with a supporter, decided on just now."""
    await camille.says("/suggest Sunday opening")
    await namelessly(stage, camille, "A dark theme")
    await noor.says("/support 1")
    await alex.says("/queue 1 1000 planned")
    await alex.presses("Planned: 2 items")
    alex.hears("[Undo] [Tell only the author] [Tell only supporters] [Next]")


async def test_of_several_the_authors_alone_are_told(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await _several(stage, camille, noor, alex)
    await alex.presses("Tell only the author")
    alex.hears(
        "Only the author is told.", "#1 · 1 person will be told.", "#1000 · 1 person will be told.", "[Undo] [Next]"
    )
    clock.forward(minutes=2)
    await stage.deliver()
    camille.hears("is now planned.")
    noor.never_heard("is now planned")


async def test_of_several_supporters_alone_are_told(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await _several(stage, camille, noor, alex)
    await alex.presses("Tell only supporters")
    alex.hears(
        "Only those who support or follow it are told.", "#1 · 1 person will be told.", "#1000 · Nobody to tell."
    )
    clock.forward(minutes=2)
    await stage.deliver()
    noor.hears("#1 is now planned.")
    camille.never_heard("is now planned")


async def test_of_several_it_is_too_late_once_they_were_told(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await _several(stage, camille, noor, alex)
    clock.forward(minutes=2)
    await alex.presses("Tell only the author")
    alex.hears(
        "Left out:", "#1 stays as it is (planned): it is too late.", "#1000 stays as it is (planned): it is too late."
    )
