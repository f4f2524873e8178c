"""What the bot may be unable to edit one day says as of when it is: what stands there stays true."""

import pytest

from bot.ports.inbound import Role
from tests.clock import StillClock
from tests.screens import keep_up
from tests.stage import Person, Stage

NOW, LATER = "As of 4 March at 11:00.", "As of 4 March at 11:10."


@pytest.fixture
def omar(stage: Stage) -> Person:
    return Person(stage, "omar", Role.MODERATOR)


async def test_lists_that_a_restart_left_behind_say_as_of_when(
    stage: Stage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/mine")
    await noor.says("/top")
    await keep_up(stage)
    await stage.restart()
    clock.forward(minutes=10)
    await alex.says("/queue 1 planned")
    await keep_up(stage)
    assert [text for text in stage.stands(camille) if "#1 Sunday opening · received" in text and NOW in text]
    assert [text for text in stage.stands(noor) if "#1 Sunday opening · 0 supporters" in text and NOW in text]
    await noor.says("/top")
    noor.hears("#1 Sunday opening · 0 supporters · planned", LATER)


async def test_what_has_no_name_and_a_list_that_follows_a_change_say_as_of_when(
    stage: Stage, camille: Person, noor: Person, omar: Person, alex: Person, clock: StillClock
) -> None:
    await noor.says("/suggest")
    await noor.fills(text="Sunday opening", audience="everyone", name="nameless")
    await noor.presses("Send")
    noor.hears("The decision will come here", NOW)
    await omar.says("/status 1000")
    omar.hears("Status: received", NOW)
    await omar.says("/queue 1000")
    omar.hears("Status: received", NOW)
    # A list that follows a change says as of then.
    await camille.says("/suggest Longer hours")
    # A receipt with a name is edited for ever.
    assert "As of" not in camille.hears("The decision will come here")
    await camille.says("/mine")
    await keep_up(stage)
    clock.forward(minutes=10)
    await alex.says("/queue 1 planned")
    await keep_up(stage)
    camille.sees_no(NOW)
    assert [text for text in stage.stands(camille) if "#1 Longer hours · planned" in text and LATER in text]
