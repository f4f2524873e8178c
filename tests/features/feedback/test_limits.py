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


async def test_short_waits_are_told_in_seconds(camille: Person) -> None:
    await camille.says("/ask Where is the moon base?")
    await camille.says("/ask Where is the other one?")
    camille.hears("There is room again in ", "seconds; nothing of this message was kept.")


async def test_one_persons_haste_does_not_hold_others_up(camille: Person, noor: Person) -> None:
    await camille.says("/ask Where is the moon base?")
    await camille.says("/ask Where is the other one?")
    await noor.says("/ask Where is the moon base?")
    noor.hears("passed it on")


async def test_the_cap_on_open_items_names_the_way_out(camille: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    camille.hears("1 item of yours waits for the team, which is the most. Withdraw one, or let the team catch up.")
    await camille.says("/mine")
    assert "A dark theme" not in camille.hears("Sunday opening")


async def test_withdrawing_makes_room(camille: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/withdraw 1")
    await camille.says("/suggest A dark theme")
    camille.hears("Got it: suggestion #2.")


async def test_the_cap_counts_what_was_filed_without_a_name(noor: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await noor.says("/problem The code never comes")
    noor.hears("1 item of yours waits for the team, which is the most.")


async def test_the_cap_counts_what_was_filed_without_a_name_many_months_ago(noor: Person, clock: StillClock) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
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
