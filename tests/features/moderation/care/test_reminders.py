"""What is due is said in the staff's place, in the morning, once a day; the item is late, and nobody."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.core import Core
from bot.features.moderation.care.reminders import Reminders
from bot.ports.inbound import Role
from tests.clock import StillClock
from tests.copies import Job
from tests.stage import BareStage, Person, bare_stage


async def four(core: Core) -> None:
    """Four suggestions, each due on another day, two of which somebody takes care of; the last one is done."""
    async with bare_stage(core, events=10_000) as stage:
        camille, alex = Person(stage, "camille"), Person(stage, "alex", Role.MODERATOR)
        for words in ("Pick-up points", "A dark theme", "More lamps", "Sunday opening"):
            await camille.says(f"/suggest {words}")
        await alex.says("/due 1 2026-03-05")
        await alex.says("/assign 1 Support")
        await alex.says("/due 2 2026-03-06")
        await alex.says("/assign 2 me")
        await alex.says("/due 3 2026-03-07")
        await alex.says("/due 4 2026-03-04")
        await alex.says("/queue 4 done")


@pytest.fixture
def jobs(request: pytest.FixtureRequest) -> Sequence[Job]:
    """They are filed once for all tests about them."""
    return [four] if "due" in request.fixturenames else []


@pytest.fixture
def due() -> None:
    """The four are there."""


async def _at(stage: BareStage, clock: StillClock, moment: datetime) -> list[str]:
    """What the staff's place is told by then."""
    clock.time = moment
    await Reminders(stage.core).look()
    await stage.deliver()
    return stage.staff()


@pytest.mark.usefixtures("due")
async def test_one_message_each_morning_names_items_and_teams_alone_whichever_process_looks(
    alex: Person, stage: BareStage, clock: StillClock
) -> None:
    # In Paris it is an hour later.
    assert await _at(stage, clock, datetime(2026, 3, 6, 6, 59, tzinfo=UTC)) == []
    (told,) = await _at(stage, clock, datetime(2026, 3, 6, 7, 0, tzinfo=UTC))
    assert "2 items are due." in told
    assert "#1 Pick-up points: due yesterday · Support" in told
    assert "#2 A dark theme: due today" in told
    assert "alex" not in told
    assert "#3" not in told
    assert "#4" not in told
    for hour, minute in ((7, 1), (9, 0)):
        assert len(await _at(stage, clock, datetime(2026, 3, 6, hour, minute, tzinfo=UTC))) == 1
    _, told = await _at(stage, clock, datetime(2026, 3, 7, 7, 0, tzinfo=UTC))
    assert "#1 Pick-up points: due since 5 March · Support" in told
    await alex.presses("#1")
    alex.hears("Suggestion #1", "Due: 5 March")


async def test_with_nothing_due_there_is_none(camille: Person, stage: BareStage, clock: StillClock) -> None:
    await camille.says("/suggest Sunday opening")
    assert await _at(stage, clock, datetime(2026, 3, 6, 9, 0, tzinfo=UTC)) == []


@pytest.mark.usefixtures("due")
async def test_what_left_the_teams_view_is_not_said(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await camille.says("/withdraw 1")
    await alex.says("/remove 2 Too rude.")
    assert await _at(stage, clock, datetime(2026, 3, 6, 9, 0, tzinfo=UTC)) == []


@pytest.mark.usefixtures("due")
async def test_words_erased_before_it_is_sent_are_not_in_it(
    camille: Person, stage: BareStage, clock: StillClock
) -> None:
    clock.time = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
    await Reminders(stage.core).look()
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    await stage.deliver()
    assert "Pick-up" not in "".join(stage.staff())


@pytest.mark.usefixtures("due")
async def test_a_long_list_is_cut(alex: Person, camille: Person, stage: BareStage, clock: StillClock) -> None:
    for place in range(10):
        await camille.says(f"/problem The door number {place} is stuck in another way, {place}")
        await alex.stage.say(Person(stage, f"omar{place}", Role.MODERATOR), f"/due {place + 5} 2026-03-05")
    (told,) = await _at(stage, clock, datetime(2026, 3, 6, 9, 0, tzinfo=UTC))
    assert "12 items are due." in told
    assert "And 2 more." in told
