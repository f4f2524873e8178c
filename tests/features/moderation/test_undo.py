"""A decision can be undone for a minute, in which nobody hears of it."""

import pytest

from bot.ports.inbound import Chat
from bot.settings.config import Settings
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage, Person


@pytest.fixture
def settings(settings: Settings) -> Settings:
    own = tuple(one.model_copy(update={"undo": 60}) for one in settings.communities)
    return settings.model_copy(update={"communities": own})


@pytest.fixture
async def planned(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    await alex.says("/queue 1")
    await alex.presses("Planned")
    alex.hears("#1 is now planned. 1 person will be told.", "[Undo]", "A dark theme #2")


@pytest.mark.usefixtures("planned")
async def test_undone_in_time_nobody_hears(camille: Person, alex: Person, stage: BareStage, clock: StillClock) -> None:
    clock.forward(seconds=59)
    await alex.presses("Undo")
    alex.hears("Undone: #1 is received again; nobody hears of it.", "Sunday opening #1")
    clock.forward(minutes=5)
    await stage.deliver()
    camille.never_heard("is now planned")
    await alex.says("/status 1")
    alex.hears("Status: received")


@pytest.mark.usefixtures("planned")
async def test_left_alone_it_is_told_after_a_minute_and_a_later_correction_says_what_changed(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    clock.forward(seconds=59)
    await stage.deliver()
    camille.never_heard("is now planned")
    clock.forward(seconds=2)
    await stage.deliver()
    camille.hears("#1 is now planned.")
    await alex.presses("Undo")
    alex.hears("It is too late to undo this")
    await alex.says("/queue 1 done")
    clock.forward(minutes=2)
    await stage.deliver()
    camille.hears("#1 is now done.", "Before: planned.")


@pytest.mark.usefixtures("planned")
async def test_another_decision_in_time_is_the_only_one_told(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await alex.says("/queue 1 done")
    clock.forward(minutes=2)
    await stage.deliver()
    camille.hears("#1 is now done.")
    camille.never_heard("is now planned", "Before:")


async def test_all_praise_is_read_by_one_press(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await camille.says("/praise Kind people")
    await noor.says("/praise Quick answers")
    await alex.says("/queue")
    await alex.presses("Mark all praise as read")
    alex.hears("2 messages of praise are read.")
    clock.forward(minutes=2)
    await stage.deliver()
    camille.hears("#1 is now read.")
    noor.hears("#2 is now read.")


async def test_opened_again_at_once_nobody_hears_and_later_those_concerned(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await camille.says("/problem The hall is cold")
    await alex.says("/queue 1 done")
    await alex.says("/reopen 1")
    alex.hears("Undone: #1 is received again; nobody hears of it.")
    clock.forward(minutes=2)
    await stage.deliver()
    camille.never_heard("resolved", "received.")
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 2 done")
    clock.forward(minutes=2)
    await stage.deliver()
    await alex.says("/reopen 2")
    alex.hears("#2 is now received.", "Before: done.", "[Undo]")
    await alex.presses("Undo")
    alex.hears("Undone: #2 is done again")


@pytest.mark.usefixtures("planned")
async def test_the_newest_decision_is_the_one_undone_and_what_stands_no_more_is_not_said_to_be_heard_of(
    alex: Person, stage: BareStage
) -> None:
    token = stage.token(alex, "Undo")
    await alex.says("/queue 1 done")
    alex.hears("#1 is now done.")
    await stage.do(alex, button=token)
    alex.hears("Meanwhile this was undone or decided on anew: #1 is done.")
    await alex.presses("Undo")
    alex.hears("Undone: #1 is received again")
    await alex.presses("Undo")
    alex.hears("Meanwhile this was undone or decided on anew: #1 is received.")
    await alex.says("/queue 1")
    alex.hears("Status: received")


async def test_until_then_nothing_tells_its_author(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 done")
    alone = Chat(PLATFORM, "camille", private=True)
    await stage.do(camille, text="Where is the moon base?", chat=alone)
    assert "#1" not in camille.hears("I've passed it on")
    clock.forward(minutes=2)
    await stage.do(camille, text="Where is the sun base?", chat=alone)
    camille.hears("[Send it with #1: Sunday opening]")
