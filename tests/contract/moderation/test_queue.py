"""The queue as every platform shows it: narrowed, with what decides, and with a guess to confirm."""

import pytest
from sqlmodel import Session, select

from storage.models import Feedback
from tests.stage import Person


@pytest.mark.on("discord")
async def test_the_queue_stays_narrowed_and_what_says_the_same_and_a_guess_are_one_press_away(
    camille: Person, alex: Person, noor: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/problem The lift is stuck")
    await camille.says("/problem Parcels arrive late")
    await alex.says("/queue problems")
    alex.hears("> The lift is stuck #2", "Only: problem")
    await alex.presses("Next")
    alex.hears("> Parcels arrive late #3", "Only: problem")
    await alex.presses("Being handled")
    alex.hears("#3 is now being handled.", "> The lift is stuck #2", "Only: problem")
    await alex.presses("All")
    assert "Only" not in alex.hears("> Sunday opening #1")
    await alex.says("/queue nothing like it")
    alex.hears("Nothing in the queue for: “nothing like it”.", "[All]")
    # What says the same, and a guess.
    await camille.says("/suggest A bench at the bus stop please")
    await noor.says("/suggest A bench at the bus stop")
    await noor.presses("Send it anyway")

    def guess(session: Session) -> None:
        item = session.exec(select(Feedback).where(Feedback.number == 5)).one()
        item.area, item.area_guessed = "Quality", True
        session.add(item)

    await alex.stage.core.store.write(guess)
    await alex.says("/queue 5")
    alex.hears("Area: Quality (a guess)", "This may say the same:", "[Yes, Quality]")
    await alex.presses("Yes, Quality")
    alex.hears("#5 is now about: Quality.")
    await alex.presses("Join #5 to #4")
    alex.hears("#5 is joined to #4 (1 supporter).")
