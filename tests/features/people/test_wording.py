"""A community's own words, set by a moderator in chat, are read and understood everywhere."""

from bot.features.cards.face import make_face
from bot.ports.inbound import Role
from storage.models import Feedback
from storage.people import communities
from tests.stage import BareStage, Person


async def test_a_moderator_changes_a_status_in_both_languages_and_it_is_understood_like_the_usual_one(
    camille: Person, alex: Person
) -> None:
    await camille.says("/suggest Benches by the river")
    await alex.says("/words planned = on our list = sur notre liste")
    alex.hears("From now on: on our list · sur notre liste.")
    await alex.says("/queue 1 planned")
    alex.hears("#1", "on our list")
    await camille.says("/status 1")
    camille.hears("on our list")
    camille.language = "fr"
    await camille.says("/statut 1")
    camille.hears("sur notre liste")
    # The new word is understood like the usual one.
    await camille.says("/suggest Shade in the square")
    await alex.says("/queue 2 on our list")
    alex.hears("#2", "on our list")


async def test_both_words_are_asked_for_one_by_one_and_outlast_a_restart(
    alex: Person, camille: Person, stage: BareStage
) -> None:
    alex.language = "fr"
    await alex.says("/vocabulaire suggestion")
    alex.hears("quel mot en anglais")
    await alex.says("wish")
    alex.hears("quel mot en français")
    await alex.says("souhait")
    alex.hears("wish · souhait.")
    await camille.says("/suggest Benches by the river")
    camille.hears("Got it: wish #1")
    # Words outlast a restart.
    await stage.restart()
    await camille.says("/suggest Music on Sundays")
    camille.hears("Got it: wish #2")
    # The list shows what was changed.
    alex.language = "en"
    await alex.says("/words Support = Lending a hand = Entraide")
    await alex.says("/words")
    alex.hears("Support · Soutien → Lending a hand · Entraide", "planned · prévu")


async def test_what_does_not_fit_is_refused_kindly_and_a_member_may_not(alex: Person, camille: Person) -> None:
    await alex.says("/words planned = done = terminée")
    alex.hears("That is too like “done”, which means something else.")
    await alex.says("/words planned = *bold* = gras")
    alex.hears("letters, digits, spaces")
    await alex.says(f"/words planned = {'long ' * 12} = long")
    alex.hears("at most 40 characters")
    await alex.says("/words nothing = a = b")
    alex.hears("“nothing” is none of the words that can be changed.")
    # A member may not.
    await camille.says("/words planned = never = jamais")
    assert camille.role is Role.MEMBER
    camille.never_heard("From now on")
    # The usual word comes back.
    await alex.says("/words problem = worry = souci")
    await alex.presses("Back to the usual word")
    alex.hears("The usual words are back: problem · problème.")
    await camille.says("/problem The gate squeaks")
    camille.hears("Got it: problem #1")


async def test_buttons_cards_digests_and_news_use_it(camille: Person, alex: Person, stage: BareStage) -> None:
    await alex.says("/words suggestion = wish = souhait")
    await alex.says("/words planned = on our list = sur notre liste")
    await camille.says("/suggest Benches by the river")
    await alex.says("/queue 1")
    alex.hears("Wish #1", "[On our list]")
    await alex.says("/digest preview")
    alex.hears("Wishes 1")
    await alex.says("/queue 1 planned")
    await stage.deliver()
    camille.hears("on our list")
    item = await stage.core.store.read(lambda session: session.get_one(Feedback, 1))
    face = await stage.core.store.read(
        lambda session: make_face(session, stage.core, communities.every(session)[0], item)
    )
    assert face is not None
    assert "on our list" in face.tags
