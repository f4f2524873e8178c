"""What a moderator is shown of an item before deciding on it."""

from datetime import date

from sqlmodel import Session, select

from bot.ports.inbound import Role
from storage.models import Feedback, History
from storage.vocabulary import Action, Urgency
from tests.clock import StillClock
from tests.features.moderation.queue.conftest import Sets
from tests.stage import BareStage, Person


async def test_support_and_followers_are_counted_and_what_was_decided_on_waits_no_longer(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says("/suggest A bench at the stop")
    for name in ("ana", "ben"):
        await Person(stage, name).says("/follow 1")
    await noor.says("/follow 1")
    await noor.says("/support 1")
    clock.forward(days=69)
    await alex.says("/queue")
    alex.hears("Support: 1 supporter, 2 follow it", "Since: 4 March · waiting 69 days")
    noor.role, noor.language = Role.MODERATOR, "fr"
    await noor.says("/atraiter")
    noor.hears("Soutien: 1 soutien, 2 personnes le suivent", "attend depuis 69 jours")
    await alex.says("/queue 1 planned")
    clock.forward(days=3)
    await alex.says("/queue 1")
    assert "waiting" not in alex.hears("Since: 4 March")


async def test_who_takes_care_of_it_until_when_is_shown(camille: Person, alex: Person, lea: Person, sets: Sets) -> None:
    await camille.says("/suggest A bench at the stop")
    await lea.says("/queue")
    await sets(1, owner="Léa", due_on=date(2026, 3, 20), urgency=Urgency.SEVERE)
    await alex.says("/queue 1")
    alex.hears("Urgency: severe", "Taken care of by: Léa", "Due: 20 March")
    await camille.says("/status 1")
    assert not [word for word in ("Léa", "severe", "20 March") if word in camille.hears("Status: received")]


async def test_what_may_say_the_same_is_joined_by_one_press(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest A bench at the bus stop please")
    await noor.says("/suggest A bench at the bus stop")
    await noor.presses("Send it anyway")
    await alex.says("/queue 2")
    alex.hears("This may say the same:", "#1 A bench at the bus stop please · 0 supporters [Join #2 to #1]")
    await alex.presses("Join #2 to #1")
    alex.hears("#2 is joined to #1 (1 supporter).", "[Separate #2]")


async def test_what_cannot_be_joined_is_opened_by_one_press_and_nothing_is_near_to_what_is_alone(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest A bench at the bus stop please")
    await noor.says("/praise A bench at the bus stop")
    await alex.says("/queue 2")
    alex.hears("This may say the same:", "[#1]")
    await alex.presses("#1")
    alex.hears("Suggestion #1\n")
    await camille.says("/suggest A dark theme")
    await alex.says("/queue 3")
    assert "This may say the same" not in alex.hears("Suggestion #3")


async def test_what_the_team_alone_sees_is_compared_too(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/problem The lift in the hall is stuck")
    await noor.says("/problem The lift in the hall is stuck again")
    await alex.says("/queue 2")
    alex.hears("This may say the same:", "#1 The lift in the hall is stuck · 0 supporters [Join #2 to #1]")
    await alex.says("/queue 1 done")
    await alex.says("/queue 2")
    assert "This may say the same" not in alex.hears("Problem #2")
    await noor.says("/suggest The lift in the hall is stuck, once more")
    noor.never_heard("camille", "close to what was said", "#1")


async def test_moderators_who_look_at_the_same_item_see_each_other(
    camille: Person, alex: Person, lea: Person, clock: StillClock
) -> None:
    await camille.says("/suggest A bench at the stop")
    await camille.says("/suggest A dark theme")
    await lea.says("/queue 1")
    assert "looking" not in lea.hears("#1")
    await alex.says("/queue 1")
    alex.hears("Léa is looking at it, too.")
    await lea.says("/queue 1")
    lea.hears("alex is looking at it, too.")
    await lea.says("/queue 2")
    await alex.says("/queue 1")
    assert "looking" not in alex.hears("#1")
    await lea.says("/queue 1")
    clock.forward(minutes=4)
    await alex.says("/queue 1")
    assert "looking" not in alex.hears("#1")


async def test_a_guessed_area_is_confirmed_by_one_press(
    stage: BareStage, camille: Person, alex: Person, sets: Sets
) -> None:
    await camille.says("/suggest Parcels arrive late")
    await sets(1, area="Delivery", area_guessed=True)
    await camille.says("/status 1")
    assert "Delivery" not in camille.hears("Status: received", "[Area]")
    await alex.says("/queue suggestions")
    alex.hears("Area: Delivery (a guess)", "[Yes, Delivery] [Site] [Help desk]", "[Next] [I take it] [Ask the author]")
    await alex.presses("Yes, Delivery")
    assert "[Site]" not in alex.hears("#1 is now about: Delivery.", "Area: Delivery\n", "Only: suggestion", "[Planned]")
    await camille.says("/status 1")
    assert "[Area]" not in camille.hears("Area: Delivery")

    def look(session: Session) -> tuple[bool, str | None, str | None]:
        item = session.exec(select(Feedback)).one()
        entry = session.exec(select(History).where(History.action == Action.AREA)).one()
        return item.area_guessed, entry.before, entry.after

    assert await stage.core.store.read(look) == (False, "Delivery", "Delivery")


async def test_a_guessed_area_is_confirmed_by_a_moderator_only_and_corrected_by_its_author_too(
    stage: BareStage, camille: Person, alex: Person, sets: Sets
) -> None:
    for number, words in enumerate(("Parcels arrive late", "The lift is stuck"), 1):
        await camille.says(f"/suggest {words}")
        await sets(number, area="Delivery", area_guessed=True)
    await alex.says("/queue 1")
    await stage.do(camille, button=stage.token(alex, "Yes, Delivery"))
    camille.hears("This button is for someone else.")
    await alex.presses("Site")
    alex.hears("#1 is now about: Site.", "Area: Site\n")
    await camille.says("/area 2 Site")
    for number in (1, 2):
        await alex.says(f"/queue {number}")
        assert "a guess" not in alex.hears("Area: Site")
