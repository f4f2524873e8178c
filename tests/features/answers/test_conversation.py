"""A person goes on with what they asked: by a number, by a part of a question, by two questions at once."""

import pytest

from bot.core import Core
from storage.answers import knowledge, refusals
from storage.answers.knowledge import Entry
from storage.people import communities
from tests.clock import StillClock
from tests.stage import BareStage, Person

KNOWN = (
    Entry("open", ("When does the pool open?",), "At nine.", "en"),
    Entry("sunday", ("When does the pool open on Sunday?",), "On Sunday at ten.", "en"),
    Entry("park", ("Where can I park my car?",), "Behind the hall.", "en"),
    Entry("tarif", ("Quel est le tarif de l'entrée ?",), "Cinq euros.", "fr"),
    Entry("enfants", ("Quel est le tarif de l'entrée pour les enfants ?",), "Deux euros.", "fr"),
    Entry("email", ("How do I change my email address?",), "Under Account.", "en"),
)


@pytest.fixture(autouse=True)
async def known(core: Core) -> None:
    await core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, KNOWN))


@pytest.fixture
def ines(stage: BareStage) -> Person:
    return Person(stage, "ines", language="fr")


async def test_two_questions_are_both_answered_and_what_is_left_of_them_is_named_and_passed_on(
    camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says("Hello! When does the pool open? Where can I park my car? Thank you!")
    camille.hears("At nine.", "Behind the hall.")
    await camille.says("When does the pool open and where can I park my car?")
    camille.hears("At nine.", "Behind the hall.")
    await camille.says("When does the pool open? Who feeds the dragon?")
    camille.hears("At nine.", "> Who feeds the dragon?", "passed it on")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    assert "pool" not in alex.hears("Who feeds the dragon? · 1 person")
    # A number is for what one of the two was offered.
    await noor.says("How do I not change my email address? When does the pool open?")
    noor.hears("[1. None of these]", "2. When does the pool open?")
    await noor.says("1")
    noor.hears("Under Account.")


async def test_a_question_goes_on_with_the_one_before_and_a_french_one_for_a_place_stands_for_itself(
    camille: Person, ines: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says("When does the pool open?")
    await camille.says("and on Sunday?")
    camille.hears("On Sunday at ten.")
    await ines.says("Quel est le tarif de l'entrée ?")
    await ines.says("Et pour les enfants ?")
    ines.hears("Deux euros.")
    await ines.says("Quel est le tarif de l'entrée ?")
    await ines.says("Où nourrit-on le dragon ?")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("• Où nourrit-on le dragon ? · 1 person")


async def test_of_what_is_still_unknown_the_team_sees_both_but_not_after_ten_minutes_of_others_or_nameless_ones(
    camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says("Who feeds the dragon?")
    clock.forward(minutes=9)
    await camille.says("And on Monday?")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("Who feeds the dragon? And on Monday? · 1 person")
    # After ten minutes, and for others, a question stands alone.
    await camille.says("Who paints the fence?")
    await noor.says("and on Friday?")
    clock.forward(minutes=11)
    await camille.says("and on Friday?")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    assert "fence? and" not in alex.hears("and on Friday? · 2 people")
    # The words of a nameless question are not taken up.
    await camille.says("/ask Who waters the roses? (anonymous)")
    await camille.says("and on Sunday?")
    await alex.says("/unanswered")
    alex.never_heard("roses? and on Sunday")


async def test_a_number_chooses_what_was_offered(stage: BareStage) -> None:
    for words in ("1", "the first one", "Le premier, s'il te plaît", "number 1"):
        person = Person(stage, f"says {words}")
        await person.says("How do I not change my email address?")
        person.hears("[How do I change my email address?]")
        await person.says(words)
        person.hears("Under Account.")


async def test_none_of_these_passes_the_question_on(stage: BareStage, alex: Person, clock: StillClock) -> None:
    none = ("none of these", "Aucune", "neither", "ni l'un ni l'autre")
    for number, words in enumerate(none, 1):
        person = Person(stage, f"says {words}")
        await person.says("How do I not change my email address?")
        await person.says(words)
        person.hears("passed it on")
        clock.forward(minutes=1)
        await alex.says("/unanswered")
        people = "1 person" if number == 1 else f"{number} people"
        assert words not in alex.hears(f"How do I not change my email address? · {people}")


async def test_a_number_without_an_offer_chooses_nothing(camille: Person, noor: Person) -> None:
    await noor.says("How do I not change my email address?")
    await noor.says("not helpful")
    noor.hears("passed it on")
    await camille.says("When does the pool open?")
    await camille.says("the second one")
    camille.hears("There is nothing to choose from here any more.")
    camille.never_heard("Behind the hall.", "passed it on")


async def test_a_number_that_was_not_offered_is_asked_for_again(camille: Person, ines: Person) -> None:
    await camille.says("How do I not change my email address?")
    await camille.says("7")
    camille.hears("A number from 1 to 1, or “none of these”.")
    await camille.says("1")
    camille.hears("Under Account.")
    await camille.says("none of them")
    camille.hears("passed it on")
    kept = await camille.stage.core.store.read(lambda session: refusals.newest(session, 1))
    assert [one.text for one in kept] == ["How do I not change my email address?"]
    for words in ("aucune", "ça ne m'a pas aidé"):
        await ines.says(words)
        ines.hears("Il n’y a plus rien à choisir ici.")


async def test_that_an_answer_did_not_help_can_be_typed(
    stage: BareStage, noor: Person, alex: Person, clock: StillClock
) -> None:
    known = ("When does the pool open?", "Where can I park my car?", "Quel est le tarif de l'entrée ?")
    for question, words in zip(known, ("it did not help", "That's wrong!", "ça ne m'a pas aidé"), strict=True):
        person = Person(stage, f"says {words}")
        await person.says(question)
        await person.says(words)
        assert "passed it on" in person.hears() or "transmise" in person.hears()
        clock.forward(minutes=1)
        await alex.says("/unanswered")
        assert f"{question} · 1 person" in alex.hears()
        assert words not in alex.hears()
    # Nobody else is told the same at once.
    await noor.says("When does the pool open?")
    noor.hears("Do you mean this?")


async def test_a_word_about_the_bot_goes_on_with_no_question(camille: Person) -> None:
    for words in ("et toi ?", "And you?"):
        await camille.says("When does the pool open?")
        await camille.says(words)
        camille.hears("Hello.")
