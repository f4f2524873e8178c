"""What is severe reaches the staff at once, and leads the queue."""

from sqlmodel import select

from storage.models import History
from storage.vocabulary import Action, Urgency
from tests.clock import StillClock
from tests.features.routing.conftest import desk, file
from tests.stage import BareStage, Person


async def test_words_of_an_outage_reach_staff_at_once(
    camille: Person, stage: BareStage, noor: Person, alex: Person
) -> None:
    # A suggestion is not severe.
    await camille.says("/suggest Say it sooner when the site is down")
    await stage.deliver()
    assert stage.staff() == []
    await camille.says("/problem The bench is dirty")
    await noor.says("/problem Nobody can log in since noon")
    await stage.deliver()
    (shown,) = stage.staff()
    assert "Severe: problem #3." in shown
    await alex.says("/queue")
    alex.hears("Problem #3")
    # French words too in the place of the area.
    await file(stage, camille, "problem", "Impossible de payer en caisse", area="Shop")
    await stage.deliver()
    (there,) = desk(stage)
    assert "Severe: problem #4." in there
    assert "New:" not in there


async def test_a_moderator_says_that_it_is_and_that_it_is_not(camille: Person, alex: Person, stage: BareStage) -> None:
    await camille.says("/problem The bench is dirty")
    await alex.says("/queue 1")
    await alex.presses("Severe")
    alex.hears("#1 is marked as severe; the staff hear of it now.", "[Not severe]")
    await alex.presses("Not severe")
    alex.hears("#1 is not marked as severe any more.", "[Severe]")
    await alex.presses("Severe")
    await stage.deliver()
    assert len(stage.staff()) == 1


async def test_many_people_within_a_day_make_it_severe(
    alex: Person, camille: Person, stage: BareStage, clock: StillClock
) -> None:
    await stage.do(camille, command="problem", args={"text": "The bench is dirty", "audience": "everyone"})
    people = [Person(stage, f"person{n}") for n in range(5)]
    for person in people[:4]:
        await person.says("/status 1")
        await person.presses("Me too")
    await stage.deliver()
    assert stage.staff() == []
    await people[4].says("/status 1")
    await people[4].presses("Me too")
    await stage.deliver()
    (shown,) = stage.staff()
    assert "5 people in 24 hours." in shown
    # Slow growth does not.
    await stage.do(camille, command="problem", args={"text": "The lamp is dirty", "audience": "everyone"})
    for n in range(6):
        person = Person(stage, f"person{n}")
        clock.forward(hours=9)
        await person.says("/status 2")
        await person.presses("Me too")
    await stage.deliver()
    assert len(stage.staff()) == 1
    # What a moderator found not severe stays so.
    await stage.do(camille, command="problem", args={"text": "Outage at noon", "audience": "everyone"})
    await alex.says("/queue 3")
    await alex.presses("Not severe")
    for n in range(6):
        person = Person(stage, f"person{n}")
        await person.says("/status 3")
        await person.presses("Me too")
    await alex.says("/queue 3")
    alex.hears("[Severe]")


async def test_a_nameless_author_is_not_told_apart(camille: Person, stage: BareStage) -> None:
    await stage.do(camille, command="problem", args={"text": "The site is down", "name": "nameless"})
    await camille.presses("Send")
    await stage.deliver()
    assert "Severe: problem #1000." in stage.staff()[0]
    assert "camille" not in stage.staff()[0]
    entries = await stage.core.store.read(lambda session: list(session.exec(select(History))))
    (raised,) = [one for one in entries if one.action is Action.URGENCY]
    assert raised.actor_id is None
    assert (raised.at.hour, raised.after) == (23, str(Urgency.SEVERE.value))
