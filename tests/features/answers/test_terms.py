"""An answer whose last day is over, in the community's zone, is given to nobody; moderators see it."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from bot.transfer.changes import held_entries
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.people import communities
from tests.clock import StillClock
from tests.stage import BareStage, Person

WINTER = Entry("winter", ("When is the winter market?",), "On Fridays at six.", "en", valid_until=date(2026, 3, 4))
TOLD = "This holds until 4 March."
LAST_MINUTE = datetime(2026, 3, 4, 22, 59, tzinfo=UTC)
"""Of the 4th in Paris."""


@pytest.fixture(autouse=True)
async def market(stage: BareStage) -> None:
    def job(session: Session) -> None:
        community = communities.every(session)[0]
        community.timezone = "Europe/Paris"
        knowledge.add(session, community.id, [WINTER])

    await stage.core.store.write(job)


async def test_it_is_given_to_the_last_minute_of_its_day_and_not_after(camille: Person, clock: StillClock) -> None:
    clock.time = LAST_MINUTE
    await camille.says("When is the winter market?")
    camille.hears("On Fridays at six.", TOLD)
    clock.forward(minutes=1)
    await camille.says("When is the winter market?")
    assert "Fridays" not in camille.hears("I don't know, and I'd rather not guess.")


async def test_moderators_see_it_with_the_questions_that_wait(alex: Person, clock: StillClock) -> None:
    clock.time = LAST_MINUTE
    await alex.says("/unanswered")
    assert "winter" not in alex.hears("No question waits for an answer.")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("No longer given, since their time is over", "When is the winter market? · until 4 March")
    clock.forward(days=365)
    await alex.says("/unanswered")
    alex.hears("When is the winter market? · until 4 March 2026")


async def test_a_moderator_says_that_it_still_holds(alex: Person, camille: Person, clock: StillClock) -> None:
    clock.forward(days=1)
    await alex.says("/unanswered")
    await alex.presses("It still holds")
    alex.hears("The bot gives this answer again, without an end.")
    await camille.says("When is the winter market?")
    assert "held until" not in camille.hears("On Fridays at six.")


async def test_a_moderator_takes_it_out(stage: BareStage, alex: Person, clock: StillClock) -> None:
    clock.forward(days=1)
    await alex.says("/unanswered")
    await alex.presses("Take it out")
    alex.hears("On Fridays at six.")
    await alex.presses("Take it out")
    alex.hears("Taken out: the bot no longer gives this answer.")
    held = await stage.core.store.read(lambda session: held_entries(session, communities.every(session)[0].id))
    assert "winter" not in held
