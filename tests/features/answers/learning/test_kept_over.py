"""An answer that is kept over one of a file: what the file says beside the text stays, and it can be taken back."""

from dataclasses import replace
from datetime import date

import pytest

from bot.knowledge.library import made_id
from bot.transfer.changes import held_entries
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.people import communities
from tests.clock import StillClock
from tests.stage import BareStage, Person

ASKED = "Where is a parcel?"
FILED = Entry(
    made_id(ASKED),
    (ASKED, "Where are parcels?"),
    "At the old desk.",
    "en",
    "/srv/knowledge/parcels.md",
    "https://example.org/parcels",
    date(2027, 3, 31),
)


@pytest.fixture(autouse=True)
async def asked(stage: BareStage, camille: Person) -> None:
    """A file's answer did not help."""
    await teach(stage, FILED)
    await camille.says(ASKED)
    await camille.presses("This did not help")


async def teach(stage: BareStage, entry: Entry) -> None:
    await stage.core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, [entry]))


async def keeps(alex: Person, clock: StillClock) -> None:
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    await alex.presses(f"Answer: {ASKED}")
    await alex.fills(text="At the new desk.")
    await alex.presses("Keep the answer")
    await alex.fills(text=ASKED)
    alex.hears("Kept. The bot gives this answer from now on.")


async def held(stage: BareStage) -> Entry:
    every = await stage.core.store.read(lambda session: held_entries(session, communities.every(session)[0].id))
    return every[FILED.external_id]


async def test_its_file_its_address_its_term_and_its_phrasings_stay(
    stage: BareStage, alex: Person, clock: StillClock
) -> None:
    await keeps(alex, clock)
    kept = await held(stage)
    assert (kept, kept.source) == (replace(FILED, text="At the new desk."), FILED.source)


async def test_a_term_that_is_over_goes(stage: BareStage, alex: Person, clock: StillClock) -> None:
    await teach(stage, replace(FILED, valid_until=date(2026, 3, 3)))
    await keeps(alex, clock)
    assert (await held(stage)).valid_until is None


async def test_it_is_taken_back(stage: BareStage, alex: Person, noor: Person, clock: StillClock) -> None:
    await keeps(alex, clock)
    await alex.presses("Take it back")
    alex.hears("Taken back: what the bot knew before holds again.")
    await noor.says(ASKED)
    noor.hears("At the old desk.")
    assert await held(stage) == FILED
