"""How long a block lasts: its term, a longer one, a restart, an erasure."""

import pytest

from bot.privacy.retention import Sweep
from tests.clock import StillClock
from tests.features.conftest import Dump
from tests.features.moderation.speaking import namelessly
from tests.stage import BareStage, Person


async def test_blocking_again_prolongs_and_never_shortens_and_it_ends_by_itself_and_is_swept(
    stage: BareStage, clock: StillClock, camille: Person, alex: Person, dump: Dump
) -> None:
    await camille.says("/suggest Rubbish")
    await alex.says("/block 1 week No.")
    clock.forward(days=2)
    await alex.says("/block 1 week Still no.")
    alex.hears("#1's author is blocked until 13 March.")
    await alex.says("/block 1 day Hm.")
    alex.hears("#1's author is blocked until 13 March.")
    await alex.says("/unblock")
    assert alex.hears("• #1's author is blocked until 13 March.").count("#1's") == 1
    await alex.presses("Lift the block of #1")
    alex.hears("The block because of #1 is lifted.")
    await camille.says("/suggest Again")
    camille.hears("Got it")
    # One that nobody lifts ends.
    await alex.says("/block 1 day No.")
    clock.forward(days=0.9)
    await camille.says("/suggest Once more")
    camille.hears("until 7 March")
    clock.forward(days=0.2)
    await alex.says("/unblock")
    alex.hears("Nobody is blocked.")
    await camille.says("/suggest Once more")
    camille.hears("Got it")
    assert (await dump())["block"]
    assert (await Sweep(stage.core).clear())["blocks"] == 1
    assert not (await dump())["block"]


@pytest.mark.parametrize("named", [True, False])
async def test_it_outlasts_a_restart_and_an_erasure(
    stage: BareStage, camille: Person, noor: Person, alex: Person, dump: Dump, named: bool
) -> None:
    await noor.says("/suggest More benches")
    await (camille.says("/suggest Rubbish") if named else namelessly(stage, camille, "Rubbish"))
    number = 2 if named else 1000
    await alex.says(f"/block {number} week No.")
    await camille.says("/privacy")
    camille.hears(
        "while you cannot file feedback: a code without your name; it stays until that ends, also after erasing"
    )
    await stage.restart()
    before = (await dump())["block"]
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    camille.hears("Done.", "Except, until it ends, a code without your name: filing feedback stays paused.")
    await camille.says("/suggest Again")
    camille.hears("until 11 March", "> No.")
    # The new member has another mark; only the account's is left.
    marks = {row["mark"] for row in (await dump())["block"]}
    assert not marks & {row["mark"] for row in before}
    await alex.says("/unblock")
    alex.hears(f"#{number}'s author is blocked until 11 March.")
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    await camille.says("/suggest Again")
    camille.hears("until 11 March")
    await alex.says(f"/unblock {number}")
    await camille.says("/suggest Again")
    camille.hears("Got it")
    await noor.says("/forgetme")
    await noor.presses("Erase everything about me")
    assert "Except" not in noor.hears("Done.")
