"""The queue is narrowed by what is typed or chosen; Next stays within it, and one press shows all again."""

from collections.abc import Sequence

import pytest
from sqlmodel import col, update

from bot.core import Core
from bot.ports.inbound import Role
from storage.models import Feedback
from storage.vocabulary import Urgency
from tests.clock import StillClock
from tests.copies import Job
from tests.features.moderation.queue.conftest import Sets
from tests.stage import BareStage, Person, bare_stage


async def five(core: Core) -> None:
    """Five items: two of them older than 30 days, and two about delivery."""
    clock = core.clock
    assert isinstance(clock, StillClock)
    async with bare_stage(core, events=10_000) as stage:
        camille = Person(stage, "camille")
        await camille.says("/suggest Sunday opening")
        await camille.says("/problem The parcels arrive late, déjà")
        clock.forward(days=40)
        await camille.says("/suggest Deliver late in the evening")
        await camille.says("/problem The lift is stuck")
        await camille.says("/praise Well done")
    clock.forward(days=-40)
    await core.store.write(
        lambda session: session.execute(
            update(Feedback).where(col(Feedback.number).in_((2, 3))).values(area="Delivery")
        )
    )


@pytest.fixture
def jobs(request: pytest.FixtureRequest) -> Sequence[Job]:
    """They are filed once for all tests about them."""
    return [five] if "filed" in request.fixturenames else []


@pytest.fixture
def filed(core: Core, clock: StillClock) -> None:
    """The five items are there, two of them since 40 days."""
    clock.forward(days=40)


NARROWED = (
    ("problems", (2, 4), "problem"),
    ("suggestion", (1, 3), "suggestion"),
    ("ideas", (1, 3), "suggestion"),
    ("delivery", (2, 3), "Delivery"),
    ("problem delivery", (2,), "problem · Delivery"),
    ("older than 30 days", (1, 2), "older than 30 days"),
    ("older than 5 weeks late", (2,), "older than 35 days · “late”"),
    ("late", (2, 3), "“late”"),
    ("Late DEJA", (2,), "“Late DEJA”"),
    ("“problem”", (), "“problem”"),
    ("received problem", (2, 4), "problem · received"),
)


@pytest.mark.usefixtures("filed")
async def test_what_is_typed_narrows_the_queue(alex: Person, clock: StillClock) -> None:
    for typed, numbers, said in NARROWED:
        clock.forward(minutes=1)
        await alex.says(f"/queue {typed}")
        if not numbers:
            alex.hears(f"Nothing in the queue for: {said}.", "[All]")
        for number in (*numbers, *numbers[:1]):
            alex.hears(f"#{number}\n", f"Only: {said} [All]")
            await alex.presses("Next")


@pytest.mark.usefixtures("filed")
async def test_the_same_is_typed_in_french_and_options_narrow_it_as_words_do(
    stage: BareStage, noor: Person, alex: Person
) -> None:
    noor.role, noor.language = Role.MODERATOR, "fr"
    await noor.says("/atraiter problèmes plus de 30 jours")
    noor.hears("Problème #2", "Seulement\u00a0: problème · plus de 30 jours [Tout]", "attend depuis 40 jours")
    await noor.says("/atraiter rien de tel")
    noor.hears("Rien à traiter pour\u00a0: “rien de tel”.", "Filtres possibles", "[Tout]")
    await stage.do(alex, command="queue", args={"kind": "problem", "age": "30"})
    alex.hears("Problem #2", "Only: problem · older than 30 days")
    await stage.do(alex, command="queue", args={"area": "delivery", "words": "evening"})
    alex.hears("Suggestion #3", "Only: Delivery · “evening”")
    await stage.do(alex, command="queue", args={"area": "Elsewhere"})
    alex.hears("“Elsewhere” is not one of: Delivery · Site · Help desk.")


@pytest.mark.usefixtures("filed")
async def test_a_decision_goes_on_within_the_filter(alex: Person) -> None:
    await alex.says("/queue problems")
    await alex.presses("Being handled")
    alex.hears("#2 is now being handled.", "Problem #4", "Only: problem [All]")
    await alex.presses("Explained")
    await alex.says("The lift is old.")
    alex.hears("#4 is now explained.", "Nothing in the queue for: problem.")
    await alex.presses("All")
    alex.hears("Suggestion #1")


@pytest.mark.usefixtures("filed")
async def test_what_was_decided_on_is_found_by_its_status_and_a_team_by_its_name(alex: Person) -> None:
    await alex.says("/queue 1 planned")
    await alex.says("/queue 3 planned")
    await alex.says("/queue planned")
    alex.hears("Suggestion #1", "Status: planned", "Only: planned")
    await alex.presses("Next")
    alex.hears("Suggestion #3", "Status: planned")
    # With "team" before it or without.
    await alex.says("/assign 1 team Support")
    alex.hears("Taken care of by: team Support")
    for typed in ("/queue team support", "/atraiter équipe support"):
        await alex.says(typed)
        alex.hears("Suggestion #1\n", "Only: team support")


@pytest.mark.usefixtures("filed")
async def test_what_nobody_takes_care_of_and_what_is_urgent_is_found(
    alex: Person, noor: Person, sets: Sets, clock: StillClock
) -> None:
    await sets(1, owner="alex")
    await sets(2, team="Support")
    await sets(3, urgency=Urgency.SEVERE)
    for typed, number, said in (
        ("nobody", 3, "taken care of by nobody"),
        ("urgent", 3, "urgent"),
        ("problem no one", 4, "problem · taken care of by nobody"),
        ("urgent mine", 0, "urgent · taken care of by me"),
    ):
        await alex.says(f"/queue {typed}")
        alex.hears(f"#{number}\n" if number else "Nothing in the queue", said)
        await alex.presses("Next" if number else "All")
    noor.role, noor.language = Role.MODERATOR, "fr"
    await noor.says("/atraiter urgent")
    noor.hears("#3\n", "Seulement\u00a0: urgent [Tout]")
    await noor.says("/atraiter personne problème")
    noor.hears("#4\n", "Seulement\u00a0: problème · personne ne s’en occupe [Tout]")


@pytest.mark.usefixtures("filed")
async def test_what_somebody_takes_care_of_is_found(camille: Person, alex: Person, lea: Person, sets: Sets) -> None:
    await lea.says("/queue")
    await alex.says("/queue 4 planned")
    await sets(4, owner="alex")
    await sets(1, owner="Léa")
    await sets(3, team="Support")
    await sets(2, team="Late crew")
    await alex.says("/queue mine")
    alex.hears("Problem #4", "Status: being handled", "Taken care of by: you yourself", "Only: taken care of by me")
    await alex.presses("Next")
    alex.hears("Problem #4")
    await lea.says("/queue mine")
    lea.hears("Suggestion #1")
    await lea.says("/queue team support")
    lea.hears("Suggestion #3", "Taken care of by: Support", "Only: team support")
    await lea.says("/queue team “late crew” problems")
    lea.hears("Problem #2", "Only: problem · team late crew")
    await lea.says("/queue me")
    lea.hears("Suggestion #1", "Only: taken care of by me")
    await camille.says("/queue mine")
    camille.hears("This is for moderators.")


async def test_what_is_urgent_comes_first_then_what_has_more_support_and_words_are_found_beyond_what_is_read_at_once(
    camille: Person, noor: Person, alex: Person, sets: Sets, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in ("Sunday opening", "A dark theme", "More bins on the beach", "The lift is stuck"):
        await camille.says(f"/suggest {words}")
    await noor.says("/support 2")
    await sets(3, urgency=1)
    await sets(4, urgency=2)
    await alex.says("/queue")
    for number, urgency in (
        (4, "Urgency: severe"),
        (3, "Urgency: past its answer time"),
        (2, "Support: 1 supporter"),
        (1, ""),
    ):
        alex.hears(f"Suggestion #{number}\n", urgency)
        await alex.presses("Next")
    alex.hears("Suggestion #4\n")
    # What is last is found by its words beyond those that are read at once.
    monkeypatch.setattr("bot.features.moderation.queue.order.AT_ONCE", 2)
    await alex.says("/queue sunday")
    alex.hears("#1\n")
    await alex.presses("Next")
    alex.hears("#1\n")


@pytest.mark.usefixtures("filed")
async def test_what_leaves_the_queue_or_is_published_leads_back_within_the_filter(alex: Person) -> None:
    await alex.says("/queue problems")
    await alex.presses("Ask the author")
    await alex.says("Since when?")
    alex.hears("is asked", "[Next]")
    await alex.presses("Next")
    alex.hears("Problem #4", "Only: problem [All]")
    await alex.says("/queue suggestions")
    await alex.presses("Take from view")
    await alex.presses("It names a person.")
    alex.hears("is taken from view", "[Next]")
    await alex.presses("Put back in view")
    alex.hears("#1 is back in view.", "[Next]")
    await alex.presses("Take from view")
    await alex.presses("It names a person.")
    await alex.presses("Next")
    alex.hears("Suggestion #3", "Only: suggestion [All]")
