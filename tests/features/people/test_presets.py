"""A preset gives a community its areas and words, chosen in chat or in the settings."""

from sqlmodel import Session

from bot.dispatch.community.invitation import invite
from storage.models import Feedback
from storage.people import communities
from tests.stage import BareStage, Person


async def test_a_moderator_chooses_one_and_in_french_its_areas_have_french_names(
    camille: Person, alex: Person, stage: BareStage
) -> None:
    await stage.do(camille, command="problem", args={"text": "The gate squeaks", "area": "Quality"})
    await alex.says("/preset association")
    alex.hears("The areas are now: Actions · Volunteers · Gifts and membership · Information.")
    await stage.do(camille, command="suggest", args={"text": "Open on Sundays", "area": "volunteers"})
    camille.hears("Got it: idea #2")
    areas = await stage.core.store.read(lambda session: [session.get_one(Feedback, one).area for one in (1, 2)])
    assert areas == ["Quality", "Volunteers"]
    # In french its areas have french names.
    alex.language = camille.language = "fr"
    await alex.says("/modele une institution")
    alex.hears("Démarches · Délais · Information · Accessibilité")
    await stage.do(camille, command="problem", args={"text": "Le guichet est fermé", "area": "délais"})
    camille.hears("difficulté")
    area = await stage.core.store.read(lambda session: session.get_one(Feedback, 3).area)
    assert area == "Waiting times"


async def test_it_is_offered_once_after_the_code_and_none_of_these_leaves_the_impacts(
    alex: Person, stage: BareStage
) -> None:
    await alex.says(f"/setup {await code(stage)}")
    alex.hears("Done: this place belongs to Plaza.", "What is this?")
    await alex.presses("An association")
    alex.hears("The areas are now: Actions")
    await alex.says(f"/setup {await code(stage)}")
    assert "What is this?" not in alex.hears("Done: this place belongs to Plaza.")
    # None of these leaves the impacts.
    await alex.says("/preset company")
    await alex.says("/preset")
    await alex.presses("None of these")
    alex.hears("Fine: the usual areas and words.")
    await alex.says("/route")
    alex.hears("Innovation", "Understanding")


async def code(stage: BareStage) -> str:
    def job(session: Session) -> str:
        return invite(stage.core.store.keys, communities.every(session)[0], False, stage.core.clock.now().date())

    return await stage.core.store.read(job)
