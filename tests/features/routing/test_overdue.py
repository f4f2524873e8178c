"""Past the answer time of its area, the author and the supporters of an item hear once that it is not forgotten."""

import asyncio

from sqlmodel import Session, select

from bot.features.moderation.authors.overdue import Overdue
from bot.features.telling.gathering import Gathering
from bot.operations.assembly import open_core
from storage.items import feedback
from storage.models import Feedback, History
from storage.vocabulary import Action, Audience, Kind, Urgency
from tests.clock import StillClock
from tests.features.routing.conftest import file, look_for_overdue
from tests.stage import BareStage, Person

LINE = "#1 Not decided yet, not forgotten."


async def test_author_and_supporters_are_told_once(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await file(stage, camille, "suggest", "Open on Sundays", area="Shop")
    await noor.says("/status 1")
    await noor.presses("Support")
    clock.forward(days=4, hours=23)
    assert await look_for_overdue(stage) == 0
    clock.forward(hours=2)
    assert await look_for_overdue(stage) == 1
    camille.hears(LINE, "> Open on Sundays")
    noor.hears(LINE, "> Open on Sundays")
    clock.forward(days=30)
    assert await look_for_overdue(stage) == 0
    for person in (camille, noor):
        assert sum(LINE in text for text in stage.heard(person)) == 1


async def test_it_comes_before_what_is_more_supported(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await file(stage, camille, "suggest", "Open on Sundays", area="Shop")
    await file(stage, camille, "suggest", "Bring it earlier", area="Delivery")
    await noor.says("/status 2")
    await noor.presses("Support")
    clock.forward(days=6)
    await look_for_overdue(stage)
    await alex.says("/queue")
    alex.hears("Suggestion #1")
    (marked,) = await stage.core.store.read(_overdue_entries)
    assert (marked.before, marked.after, marked.actor_id) == ("0", str(Urgency.LATE.value), None)


async def test_what_is_decided_praised_asked_about_or_imported_is_not_late(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await file(stage, camille, "praise", "Lovely window", area="Shop")
    await file(stage, camille, "suggest", "Open on Sundays", area="Shop")
    await alex.says("/queue 2 planned")
    await file(stage, camille, "suggest", "Open on Mondays", area="Shop")
    await alex.says("/askauthor 3 All day?")
    clock.forward(days=30)
    assert await look_for_overdue(stage) == 0
    # What nobody can be told of stays as it is.
    item = Feedback(
        community_id=1,
        kind=Kind.SUGGESTION,
        audience=Audience.EVERYONE,
        language="en",
        text="From a file",
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    await stage.core.store.write(lambda session: feedback.add(session, item) and None)
    clock.forward(days=30)
    assert await look_for_overdue(stage) == 0


async def test_an_answer_lets_it_be_late_again(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    await file(stage, camille, "suggest", "Open on Mondays", area="Shop")
    await alex.says("/askauthor 1 All day?")
    await stage.deliver()
    await camille.presses("Answer")
    await camille.says("From nine on")
    clock.forward(days=30)
    assert await look_for_overdue(stage) == 1


async def test_a_nameless_author_is_told_by_the_sealed_address(
    camille: Person, stage: BareStage, clock: StillClock, noor: Person, alex: Person
) -> None:
    await file(stage, camille, "suggest", "Open on Sundays", area="Shop", name="nameless")
    await camille.presses("Send")
    clock.forward(days=6)
    await look_for_overdue(stage)
    camille.hears("#1000 Not decided yet, not forgotten.")
    (marked,) = await stage.core.store.read(_overdue_entries)
    assert marked.actor_id is None
    assert (marked.at.hour, marked.at.minute) == (23, 0)
    # One of what is joined to something else is told where they wrote.
    await file(stage, camille, "suggest", "Open on Mondays", area="Shop")
    await file(stage, noor, "suggest", "Could it be open on Monday?", area="Shop", name="nameless")
    await noor.presses("Send")
    await alex.says("/jointo 1001 1")
    await alex.presses("Join #1001 to #1")
    clock.forward(days=6)
    assert await look_for_overdue(stage) == 1
    noor.hears(LINE, "> Open on Mondays", "#1001 is joined to it.")


async def test_a_supporter_of_what_is_for_the_team_now_reads_no_words(
    camille: Person, noor: Person, stage: BareStage, clock: StillClock
) -> None:
    await file(stage, camille, "suggest", "Open on Sundays", area="Shop")
    await noor.says("/status 1")
    await noor.presses("Support")
    await camille.says("/visibility 1 team")
    clock.forward(days=6)
    await look_for_overdue(stage)
    assert "Sundays" not in noor.hears(LINE)


async def test_who_muted_it_is_not_told(camille: Person, noor: Person, stage: BareStage, clock: StillClock) -> None:
    ines = Person(stage, "ines", language="fr")
    await file(stage, camille, "suggest", "Open on Sundays", area="Shop")
    await noor.says("/support 1")
    for person in (camille, noor):
        await person.says("/mute 1")
    await file(stage, camille, "suggest", "A quiet corner", area="Shop", name="nameless")
    await camille.presses("Send")
    await camille.says("/mute 1000")
    await ines.says("/support 1")
    clock.forward(days=6)
    assert await look_for_overdue(stage) == 2
    ines.hears("#1 Pas encore décidé, pas oublié.", "> Open on Sundays")
    for person in (camille, noor):
        person.never_heard("not forgotten")


async def test_news_held_until_nine_says_nothing_that_was_decided_meanwhile(
    camille: Person, noor: Person, alex: Person, stage: BareStage, clock: StillClock
) -> None:
    for person, often in ((camille, "daily"), (noor, "daily")):
        await person.says(f"/notifications {often}")
    await file(stage, camille, "suggest", "Open on Sundays", area="Shop")
    await file(stage, camille, "suggest", "Open on Mondays", area="Shop")
    await noor.says("/support 1")
    clock.forward(days=6)
    await look_for_overdue(stage)
    camille.never_heard("not forgotten")
    await alex.says("/queue 1 planned")
    clock.forward(days=1)
    await Gathering(stage.core).look()
    await stage.deliver()
    camille.hears("#2 Not decided yet, not forgotten.", "#1 is now planned.")
    noor.hears("#1 is now planned.")
    for person in (camille, noor):
        person.never_heard("#1 Not decided yet")


async def test_several_processes_tell_once(camille: Person, stage: BareStage, clock: StillClock) -> None:
    for day in ("Sundays", "Mondays", "Tuesdays"):
        await file(stage, camille, "suggest", f"Open on {day}", area="Shop")
    clock.forward(days=6)
    other = await open_core(stage.core.settings, clock)
    try:
        told = await asyncio.gather(*(Overdue(core).catch_up() for core in (stage.core, other) * 3))
    finally:
        other.store.close()
    assert sum(told) == 3
    await stage.deliver()
    assert sum("not forgotten" in text for text in stage.heard(camille)) == 3


def _overdue_entries(session: Session) -> list[History]:
    return list(session.exec(select(History).where(History.action == Action.OVERDUE)))
