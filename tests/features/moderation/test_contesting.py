"""A blocked person asks the team once to look again, and stays without a name."""

import pytest

from bot.ports.inbound import Role
from tests.features.moderation.speaking import PAUSE, namelessly
from tests.stage import BareStage, Person


@pytest.fixture
def rosa(stage: BareStage) -> Person:
    """Of the staff, where requests arrive."""
    return Person(stage, "rosa", Role.STAFF)


@pytest.mark.parametrize("named", [True, False])
async def test_a_blocked_person_asks_once_to_look_again(
    stage: BareStage, camille: Person, alex: Person, rosa: Person, named: bool
) -> None:
    await (camille.says("/suggest Rubbish") if named else namelessly(stage, camille, "Rubbish"))
    number = 1 if named else 1000
    await alex.says(f"/block {number} week No.")
    await camille.says("/suggest Again")
    await camille.presses("Ask to look again")
    camille.hears("What should the team know? Your name is not passed on.")
    await camille.says("My brother wrote that.")
    camille.hears("Passed on to the team, without your name.")
    await stage.deliver()
    (request,) = stage.staff()
    asks = f"The author of #{number}, blocked until 11 March, asks to look at it again:\n> My brother wrote that."
    assert asks in request
    assert "camille" not in request
    await camille.says("/suggest Again")
    assert "[Ask to look again]" not in camille.hears(PAUSE, "The team has been asked to look again.")
    await camille.presses("Ask to look again")
    await camille.says("Please?")
    camille.hears("The team has been asked to look again.")
    await stage.deliver()
    assert len(stage.staff()) == 1
    await rosa.presses(f"Lift the block of #{number}")
    rosa.hears(f"The block because of #{number} is lifted.")
    await stage.deliver()
    camille.hears(f"The team has looked at #{number} again, and lifted that block.")


async def test_an_old_button_to_ask_says_when_there_is_nothing_to_ask(
    stage: BareStage, camille: Person, alex: Person
) -> None:
    await camille.says("/suggest Rubbish")
    await alex.says("/block 1 day No.")
    await camille.says("/suggest Again")
    await alex.says("/unblock 1")
    await camille.presses("Ask to look again")
    await camille.says("My brother wrote that.")
    camille.hears("There is no block any more: everything can be filed again.")


async def test_against_a_removal_the_author_may_appeal_all_the_same(
    stage: BareStage, camille: Person, alex: Person
) -> None:
    await namelessly(stage, camille, "Rubbish")
    await alex.says("/remove 1000 Please mind the tone.")
    await alex.says("/block 1000 week No.")
    await camille.says("/suggest Again")
    await camille.presses("Ask to look again")
    await camille.says("My brother wrote that.")
    camille.hears("Passed on to the team, without your name.")
    await camille.says("/status 1000")
    camille.hears("[Ask to look again]")
