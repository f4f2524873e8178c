"""A member proposes an answer, and a moderator keeps it or not."""

import pytest

from tests.clock import StillClock
from tests.stage import Person

ASKED, SAID = "Where is the key of the shed?", "Under the third flower pot."


@pytest.mark.on("discord")
async def test_a_proposed_answer_is_kept_and_given_or_not_and_that_is_told(
    camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says(f"/propose {ASKED} {SAID}")
    camille.hears("Passed on. The team reads it first", SAID, "[Take it back]")
    await alex.says("/unanswered")
    alex.hears("Proposed answers", ASKED, SAID, "[Not this]")
    await alex.presses("Keep the answer")
    await alex.fills(heading=ASKED)
    alex.hears("Kept. The bot gives this answer from now on.", "[Take it back]")
    await camille.stage.deliver()
    camille.hears("The team has kept the answer you proposed")
    clock.forward(minutes=1)
    await noor.says(f"/ask {ASKED}")
    noor.hears(SAID)
    # Another one is not kept.
    await camille.says("/propose Who has the key of the attic? The caretaker.")
    await alex.says("/unanswered")
    await alex.presses("Not this")
    alex.hears("Not kept. Whoever proposed it is told.")
    await camille.stage.deliver()
    camille.hears("The team has read the answer you proposed, and does not give it.")
