"""Decisions on every platform: one press or two each, with a link, on several at once, and who takes care of it."""

import pytest

from tests.clearing import Clearing, fill, waiting
from tests.stage import Person


@pytest.mark.on("discord")
async def test_a_moderator_clears_the_queue_by_presses_alone(alex: Person) -> None:
    await fill(alex.stage.core, 5)
    presses = await Clearing(alex).run()
    assert await waiting(alex.stage.core) == 0
    assert presses <= 5 * 1.6


@pytest.mark.on("telegram")
async def test_the_rarer_decisions_are_behind_one_press_reasons_are_the_moderators_own_and_one_takes_care(
    camille: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/reasons not planned No room for {title}.")
    alex.hears("4. No room for {title}.")
    await alex.presses("Remove 1")
    alex.hears("1. Too costly for what it would change.")
    await alex.says("/queue")
    await alex.presses("More decisions")
    await alex.presses("Back")
    alex.hears("Suggestion #1")
    await alex.presses("More decisions")
    await alex.presses("On hold")
    alex.hears("#1 is now on hold.")
    await alex.says("/queue 1 not planned")
    await alex.presses("No room for “…”.")
    alex.hears("#1 is now not planned.")
    await camille.stage.deliver()
    camille.hears("No room for “Sunday opening”.")
    # A moderator takes care of another one.
    await camille.says("/suggest A lamp at the gate")
    await alex.says("/queue")
    await alex.presses("I take it")
    alex.hears("takes care of #2 now.", "[Give it back]")
    await alex.says("/due 2 in 2 weeks")
    alex.hears("#2 is due on 18 March.")
    await alex.says("/note 2 The town pays half.")
    alex.hears("Noted on #2, for the team only.", "> The town pays half.")
    camille.never_heard("takes care", "18 March", "town")


@pytest.mark.on("discord")
async def test_several_at_once_are_shown_first_and_done_leads_to_what_there_is_to_see(
    camille: Person, alex: Person
) -> None:
    for said in ("/suggest Sunday opening", "/problem The door is stuck", "/suggest A dark theme"):
        await camille.says(said)
    await alex.says("/queue 1, 2 done")
    alex.hears("#1 Sunday opening: received → done", "#2 The door is stuck: received → resolved")
    await alex.presses("Done: 2 items")
    alex.hears("2 items are decided on.")
    await camille.stage.deliver()
    camille.hears("#2 is now resolved.")
    await alex.says("/queue 3 done https://example.org/theme")
    alex.hears("#3 is now done.")
    await camille.stage.deliver()
    camille.hears("#3 is now done.", "Here: ", "https://example.org/theme")
