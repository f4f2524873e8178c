"""An item's area: given later by its author or a moderator, so that it reaches those who can act."""

from secrets import token_hex
from typing import Any

from sqlmodel import select

from bot.ports.inbound import Actor, Chat, Inbound, Role
from bot.ports.reply import Reply
from storage.items import feedback
from storage.models import Feedback
from storage.vocabulary import Action
from tests.stage import PLATFORM, BareStage, Person
from tests.words import WISHES

AMONG_OTHERS = Chat(PLATFORM, "plaza", overlooked=True)
STAFF = Chat(PLATFORM, "staff", staff=True, overlooked=True)


async def does(stage: BareStage, person: Person, chat: Chat, **what: Any) -> Reply | None:
    actor, at = Actor(PLATFORM, person.id, person.id, person.role, person.language), stage.core.clock.now()
    return await stage.receive(person, Inbound(token_hex(8), actor, chat, at, **what))


async def files_nameless(person: Person) -> None:
    await person.says("/problem")
    await person.fills(text="I am paid late", audience="everyone", name="nameless")
    await person.presses("Envoyer" if person.language == "fr" else "Send")


async def test_an_area_is_understood_in_either_language(camille: Person) -> None:
    camille.language = "fr"
    for number, typed in enumerate(("/domaine 1 Qualité", "/domaine n° 2 qualite", "/area #3 QUALITY"), 1):
        await camille.says(f"/suggerer {WISHES[number]}")
        await camille.says(typed)
        camille.hears(f"#{number} concerne maintenant\u00a0: Qualité.")


async def test_the_author_gives_an_area_by_its_name(camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    await camille.says("/area 1 Weather")
    camille.hears("“Weather” is not one of: Innovation · Support · Quality · Understanding · Image.")
    await camille.says("/area 1 quality")
    camille.hears("#1 is now about: Quality.")
    await camille.says("/status 1")
    camille.hears("Area: Quality")
    # The button asks which area.
    await camille.says("/suggest Sunday opening")
    await camille.presses("Area")
    camille.hears("Area")
    await camille.says("Support")
    camille.hears("#2 is now about: Support.")
    # What has an area shows no button for one.
    await camille.says("/suggest Longer hours")
    camille.hears("[Area]")
    await camille.says("/area 3 Support")
    assert "[Area]" not in camille.hears("#3 is now about: Support.")
    await camille.says("/area 3 Image")
    camille.hears("#3 is now about: Image.")


async def test_the_history_names_no_author_of_what_has_no_name(stage: BareStage, noor: Person) -> None:
    noor.role = noor.role.MODERATOR
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await noor.says("/area 1000 Quality")
    noor.hears("#1000 is now about: Quality.")
    [item] = await stage.core.store.read(lambda session: session.exec(select(Feedback)).all())
    entries = await stage.core.store.read(lambda session: feedback.history(session, item.id))
    assert [(entry.action, entry.actor_id) for entry in entries] == [(Action.FILED, None), (Action.AREA, None)]


async def test_only_the_author_and_moderators_give_an_area(
    camille: Person, noor: Person, alex: Person, stage: BareStage
) -> None:
    # The digest names the command.
    await camille.says("/suggest A dark theme")
    await noor.says("/suggest Sunday opening")
    await alex.says("/digest")
    alex.hears("No area yet", "An area can be chosen when writing, or later: /area, then the number.")
    # Only the author and moderators give an area.
    await noor.says("/area 1 Quality")
    noor.hears("Only the author of #1 can change it.")
    await noor.says("/status 1")
    assert "Area" not in noor.hears("> A dark theme")
    # A problem of someone else has no area to be guessed.
    await camille.says("/problem The code never comes")
    await noor.says("/area 3 Quality")
    noor.hears("There is no #3 that you can see here.")
    # Who gave an area is in the history once.
    for _ in range(2):
        await alex.says("/area 1 Quality")
    entries = await stage.core.store.read(lambda session: feedback.history(session, 1))
    assert [(entry.before, entry.after) for entry in entries[1:]] == [(None, "Quality")]
    assert entries[1].action is Action.AREA
    assert entries[1].actor_id not in (None, entries[0].actor_id)
    # A closed item keeps the area its author gave.
    await alex.says("/queue 1 done")
    await camille.says("/area 1 Image")
    camille.hears("#1 is closed; its area stays as it is.")
    await alex.says("/area 1 Support")
    alex.hears("#1 is now about: Support.")
    # A moderator gives an area from the queue and goes on.
    await alex.says("/queue 3")
    await alex.presses("Area")
    await alex.says("Support")
    alex.hears("#3 is now about: Support.")
    await alex.presses("Decide")
    alex.hears("> The code never comes #3", "Area: Support")


READ_ALONG = {
    "en": "#1000 is without a name, and others read along here: its area stays as it is.",
    "fr": "#1000 est sans nom, et d’autres lisent ici\u00a0: le domaine reste tel quel.",
}


async def test_what_has_no_name_is_given_no_area_where_that_tells_whose_it_is(stage: BareStage, noor: Person) -> None:
    await files_nameless(noor)
    for language, words in READ_ALONG.items():
        for area in ("Quality", "Weather"):
            noor.language = language
            reply = await does(stage, noor, AMONG_OTHERS, text=f"/area 1000 {area}")
            noor.hears(words)
            assert reply is not None
            assert reply.hush
            await noor.says("/status 1000")
            assert "Qualit" not in noor.hears("#1000"), (language, area)


async def test_the_staff_s_place_does_not_see_that_a_moderator_placed_their_own(
    stage: BareStage, noor: Person, camille: Person
) -> None:
    await files_nameless(noor)
    noor.role = Role.MODERATOR
    await does(stage, noor, STAFF, text="/queue")
    await does(stage, noor, STAFF, button=stage.token(noor, "Area"))
    await does(stage, noor, STAFF, text="Quality")
    assert "Withdraw" not in noor.hears("#1000 is now about: Quality.", "[Decide]")
    # What has a name is given an area among others too.
    await camille.says("/suggest A dark theme")
    await does(stage, camille, AMONG_OTHERS, text="/area 1 Quality")
    camille.hears("#1 is now about: Quality.")
