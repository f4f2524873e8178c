"""Too much at once: said kindly, with the time there is room again; too many open: said with the way out."""

import pytest

from bot.settings.config import Settings
from tests.clock import StillClock
from tests.stage import Person


@pytest.fixture
def settings(settings: Settings) -> Settings:
    few = settings.limits.model_copy(
        update={"filings": "3 per 10 minutes", "questions": "1 per 30 seconds", "open_items": 1}
    )
    return settings.model_copy(update={"limits": few})


async def test_one_persons_haste_is_told_in_seconds_and_does_not_hold_others_up(camille: Person, noor: Person) -> None:
    await camille.says("/ask Where is the moon base?")
    await camille.says("/ask Where is the other one?")
    camille.hears("There is room again in ", "seconds; nothing of this message was kept.")
    await noor.says("/ask Where is the moon base?")
    noor.hears("passed it on")


async def test_the_cap_on_open_items_names_the_way_out(camille: Person, noor: Person, clock: StillClock) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    camille.hears("1 item of yours waits for the team, which is the most. Withdraw one, or let the team catch up.")
    await camille.says("/mine")
    assert "A dark theme" not in camille.hears("Sunday opening")
    # Withdrawing makes room.
    await camille.says("/withdraw 1")
    await camille.says("/suggest A dark theme")
    camille.hears("Got it: suggestion #2.")
    # It counts what was filed without a name, also many months ago.
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await noor.says("/problem The door is stuck")
    noor.hears("1 item of yours waits for the team, which is the most.")
    clock.forward(days=300)
    await noor.says("/problem The code never comes")
    noor.hears("1 item of yours waits for the team, which is the most.")


async def test_a_preview_and_its_sending_are_one_filing(noor: Person, alex: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await alex.says("/queue 1000 done")
    await noor.says("/praise Called back in ten minutes!")
    await alex.says("/queue 1 done")
    await noor.says("/praise And again!")
    noor.hears("Got it: praise #2.")
