"""Who is ready for other members' questions is sent one, answers by a press, and hears that it helped."""

import pytest

from bot.features.telling.referring import Referring
from tests.clock import StillClock
from tests.stage import Person

ASKED, SAID = "Where is the key of the shed?", "Under the third flower pot."


@pytest.mark.on("telegram")
async def test_a_member_helps_another(camille: Person, noor: Person, alex: Person, clock: StillClock) -> None:
    await noor.says("/dialogue")
    await noor.presses("Anything")
    await noor.presses("Yes, send them")
    await camille.says(f"/ask {ASKED}")
    await camille.presses("Ask other members, too")
    camille.hears("Those ready to help may be asked, too")
    clock.forward(minutes=11)
    await Referring(camille.stage.core).look()
    await camille.stage.deliver()
    noor.hears("Somebody here asks, and there is no answer yet:", ASKED, "Who asks is not shown.")
    await noor.presses("I know the answer")
    await noor.says(SAID)
    noor.hears("Passed on. The team reads it first")
    await alex.says("/unanswered")
    await alex.presses("Keep the answer")
    if "As it is" in alex.hears():
        await alex.presses("As it is")
    await camille.stage.deliver()
    camille.hears("There is an answer to this question of yours now:", SAID)
    await camille.presses("This helped")
    await camille.stage.deliver()
    noor.hears("The answer you proposed helped whoever asked. Thank you.")
