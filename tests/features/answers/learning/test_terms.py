"""An answer whose last day is over, in the community's zone, is only offered, with the day; the team is told once."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from bot.features.questions.learning.expiry import Expiry
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


async def test_whoever_asks_for_it_then_is_offered_it_with_its_last_day_and_the_question_waits(
    camille: Person, alex: Person, clock: StillClock
) -> None:
    clock.time = LAST_MINUTE
    clock.forward(minutes=1)
    await camille.says("When is the winter market, please?")
    camille.hears("I've passed it on", "This is known no longer to hold, and may have changed:")
    await camille.presses("When is the winter market? (held until 4 March)")
    camille.hears("On Fridays at six.", "This held until 4 March and may have changed.")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("When is the winter market, please? · 1 person")


async def test_what_holds_is_answered_without_it(stage: BareStage, camille: Person, clock: StillClock) -> None:
    new = Entry("winter-2", ("When is the winter market this year?",), "On Mondays.", "en")
    await stage.core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, [new]))
    clock.forward(days=1)
    await camille.says("When is the winter market this year?")
    assert "held until" not in camille.hears("On Mondays.")


async def test_nobody_is_told_it_unasked_or_for_another_question_and_what_was_over_long_before_is_no_news(
    stage: BareStage, camille: Person, clock: StillClock
) -> None:
    clock.forward(days=1)
    await camille.chats("When is the winter market?")
    camille.hears_nothing()
    await camille.says("Who feeds the dragon?")
    assert "winter" not in camille.hears("I've passed it on")
    clock.forward(days=29)
    await Expiry(stage.core).look()
    await stage.deliver()
    assert not stage.staff()


async def test_the_team_is_told_once_in_the_morning(
    stage: BareStage, alex: Person, camille: Person, clock: StillClock
) -> None:
    clock.time = LAST_MINUTE
    clock.forward(minutes=2)
    await Expiry(stage.core).look()
    await stage.deliver()
    assert not stage.staff()
    clock.forward(hours=9)
    for _ in range(2):
        # Another one stands for the bot after a restart.
        await Expiry(stage.core).look()
    clock.forward(days=1)
    await Expiry(stage.core).look()
    await stage.deliver()
    (told,) = stage.staff()
    assert "When is the winter market? · until 4 March" in told
    await alex.presses("It still holds")
    alex.hears("The bot gives this answer again, without an end.")
    await camille.says("When is the winter market?")
    assert "held until" not in camille.hears("On Fridays at six.")


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
