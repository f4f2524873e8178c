"""One decision on several items: shown first, made by one press, taken back by one."""

from collections.abc import Sequence

import pytest

from bot.core import Core
from bot.features.telling.gathering import Gathering
from tests.clock import StillClock
from tests.copies import Job
from tests.stage import BareStage, Person, bare_stage

TYPED = (
    "/queue 1 2 3 planned",
    "/queue 1, 2, 3 planned",
    "/queue #1,#2,#3 prévu",
    "/decide 1 2 and 3 planned",
    "/trancher 1, 2 et 3 planned",
    "/queue 1,2,3 planned",
)


async def three(core: Core) -> None:
    """Two ideas of Camille's and a problem of Noor's."""
    async with bare_stage(core, events=10_000) as stage:
        await Person(stage, "camille").says("/suggest Sunday opening")
        await Person(stage, "camille").says("/suggest A dark theme")
        await Person(stage, "noor").says("/problem The door is stuck")


@pytest.fixture
def jobs(request: pytest.FixtureRequest) -> Sequence[Job]:
    """They are filed once for all tests about them."""
    return [three] if "filed" in request.fixturenames else []


@pytest.fixture
def filed() -> None:
    """The three are there."""


async def _later(stage: BareStage, clock: StillClock) -> None:
    clock.forward(minutes=2)
    await Gathering(stage.core).look()
    await stage.deliver()


@pytest.mark.usefixtures("filed")
async def test_it_is_shown_then_made_by_one_press(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    for typed in TYPED:
        await alex.says(typed)
        alex.hears("#1 Sunday opening: received → planned", "#3 The door is stuck: received → being handled")
        alex.hears("2 people will be told.", "[Planned: 3 items] [Leave it]")
    await alex.presses("Planned: 3 items")
    alex.hears("3 items are decided on.", "#3 is now being handled.", "2 people will be told.", "[Undo] [Next]")
    await _later(stage, clock)
    noor.hears("#3 is now being handled.")
    camille.hears("2 pieces of news", "#1 is now planned.", "#2 is now planned.")


@pytest.mark.usefixtures("filed")
async def test_one_undo_takes_all_back_and_nobody_hears_and_what_changed_meanwhile_is_left_out_and_named(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await alex.says("/queue 1 2 3 done")
    await alex.presses("Done: 3 items")
    await alex.presses("Undo")
    alex.hears("Undone; nobody hears of it:", "#1 is received again.", "#3 is received again.")
    await _later(stage, clock)
    camille.never_heard("is now")
    noor.never_heard("is now")
    await alex.says("/status 2")
    alex.hears("Status: received")
    # What changed meanwhile is left out, and named.
    omar = Person(stage, "omar", alex.role)
    await alex.says("/queue 1 2 3 planned")
    await omar.says("/queue 2 done")
    await camille.says("/withdraw 1")
    await alex.presses("Planned: 3 items")
    alex.hears("1 item is decided on.", "#3 is now being handled.", "Left out:")
    alex.hears("There is no #1 that you can see here.", "Meanwhile a decision was made on #2: done.")
    await alex.says("/status 2")
    alex.hears("Status: done")


@pytest.mark.usefixtures("filed")
async def test_undone_later_what_was_heard_stays_and_is_named(
    alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await alex.says("/queue 1 2 planned")
    await alex.presses("Planned: 2 items")
    token = stage.token(alex, "Undo")
    await alex.says("/queue 1 done")
    await stage.do(alex, button=token)
    alex.hears("#2 is received again.", "Left out:", "#1 stays as it is (done): it was undone or decided on anew.")
    clock.forward(minutes=5)
    await stage.do(alex, button=token)
    alex.hears("#2 stays as it is (received): it was undone or decided on anew.")


@pytest.mark.usefixtures("filed")
async def test_a_reason_is_asked_once_for_all(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await alex.says("/queue 1 2 not planned")
    await alex.presses("Not planned: 2 items")
    alex.hears("Why? Everyone concerned will read it.", "[Not ours to decide.]")
    await alex.presses("Not ours to decide.")
    alex.hears("2 items are decided on.")
    await _later(stage, clock)
    camille.hears("2 pieces of news", "#1 is now not planned. “Sunday opening” Not ours to decide.")


@pytest.mark.usefixtures("filed")
async def test_a_reason_typed_is_filled_in_for_each(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await alex.says("/queue 1 2 not planned No room for {title}")
    await alex.presses("Not planned: 2 items")
    await _later(stage, clock)
    heard = "".join(stage.heard(camille))
    assert "No room for “Sunday opening”" in heard
    assert "No room for “A dark theme”" in heard


@pytest.mark.usefixtures("filed")
async def test_one_alone_is_shown_the_way_to_its_own_screen_and_what_cannot_be_read_is_said(alex: Person) -> None:
    for said in ("/decide 1 planned", "/decide #1", "/decide 1 1 perhaps"):
        await alex.says(said)
        alex.hears("One alone: /queue 1. Several at once: /decide 12 15 planned.", "[Decide #1]")
    await alex.presses("Decide #1")
    alex.hears("> Sunday opening #1", "[Planned]")
    await alex.says("/queue 1 2 perhaps")
    alex.hears("“perhaps” is not one of: under review · planned")
    await alex.says("/decide perhaps")
    alex.hears("At least two numbers and a decision are needed")
    await alex.says("/queue 1 2 joined")
    alex.hears("Joining and asking are done one at a time.")
    await alex.says("/queue 8 9 planned")
    alex.hears("There is no #8 that you can see here.", "There is no #9")
    await alex.says("/queue " + " ".join(str(one) for one in range(1, 40)) + " planned")
    alex.hears("At most 25 at once.")
    await alex.says("/queue 1 2")
    alex.hears("Which decision on #1, #2?", "[Planned]")


@pytest.mark.usefixtures("filed")
async def test_of_a_joined_group_all_hear_once(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await noor.says("/suggest Open on Sundays")
    await alex.says("/jointo 4 1")
    await alex.presses("Join #4 to #1")
    await alex.says("/queue 1 2 4 planned")
    alex.hears("2 people will be told.", "Left out:", "#4 is joined to #1.", "[Planned: 2 items]")
    await alex.presses("Planned: 2 items")
    await _later(stage, clock)
    noor.hears("#1 is now planned.", "#4 is joined to it.")


BENCHES = "More benches in the park near the old station"
AGAIN = "More benches in the park near the station, please"
ONCE_MORE = "More benches in the park near the old railway station"


async def test_similar_ones_are_chosen_from_a_list(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says(f"/suggest {BENCHES}")
    for words in (AGAIN, ONCE_MORE):
        await noor.says(f"/suggest {words}")
        await noor.presses("Send it anyway")
    await alex.says("/queue 1")
    await alex.presses("More decisions")
    await alex.presses("Together with similar ones")
    alex.hears("Which ones get the same decision as #1?", f"#2 {AGAIN} · received ✓", f"#3 {ONCE_MORE} · received ✓")
    await alex.presses("✓ #2 More benches in the park near the…")
    alex.hears(f"#2 {AGAIN} · received\n", f"#3 {ONCE_MORE} · received ✓")
    await alex.presses("Planned")
    alex.hears(f"#1 {BENCHES}: received → planned", f"#3 {ONCE_MORE}: received → planned", "[Planned: 2 items]")
    await alex.presses("Planned: 2 items")
    alex.hears("2 items are decided on.", "#3 is now planned.")
    await alex.says("/status 2")
    alex.hears("Status: received")


async def test_with_nothing_similar_there_is_a_way_back(camille: Person, alex: Person) -> None:
    await camille.says(f"/suggest {BENCHES}")
    await alex.says("/queue 1")
    await alex.presses("More decisions")
    await alex.presses("Together with similar ones")
    alex.hears("Nothing open says nearly the same as #1.")
    await alex.presses("Back")
    alex.hears("Suggestion #1", "[Planned]")
