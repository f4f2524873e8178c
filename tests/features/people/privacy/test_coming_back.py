"""Who erased everything and is back within the week in which what has no name leaves."""

from bot.privacy.departures import Departures
from tests.clock import StillClock
from tests.features.people.privacy.leaving import ERASE, FEW, WORDS, Dump, files, lives, nothing_left
from tests.stage import BareStage, Person


async def test_who_comes_back_and_goes_again_is_served_meanwhile(
    stage: BareStage, noor: Person, clock: StillClock, dump: Dump
) -> None:
    await lives(noor, FEW)
    for _ in range(2):
        await noor.says("/forgetme")
        await noor.presses(ERASE)
        noor.hears("Done.")
        clock.forward(days=1)
        await files(noor, f"Another {WORDS}")
        noor.hears("Got it: problem")
    await noor.says("/mine")
    assert f"{WORDS} 1" not in noor.hears(f"Another {WORDS}")
    await noor.says("/forgetme")
    await noor.presses(ERASE)
    clock.forward(days=8)
    await Departures(stage.core).clear()
    await nothing_left(dump)


EARLIER = "If all was erased before, in the last 7 days: what had no name leaves by the day that was said then."


async def test_who_comes_back_within_the_week_is_told_what_still_leaves(
    stage: BareStage, noor: Person, clock: StillClock
) -> None:
    await lives(noor, FEW)
    for button in (ERASE, "Everything at once"):
        await noor.says("/forgetme")
        await noor.presses(button)
    noor.hears("Done. 0 items were blanked", EARLIER)
    await noor.says("/suggest Something")
    clock.forward(days=6)
    await noor.says("/forgetme")
    await noor.presses(ERASE)
    noor.hears("Done. 1 item was blanked", EARLIER)
    await noor.says("/suggest Something")
    clock.forward(days=9)
    await noor.says("/forgetme")
    await noor.presses(ERASE)
    assert EARLIER not in noor.hears("Done. 1 item was blanked")
