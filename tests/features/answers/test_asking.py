"""Questions: answered from what the team wrote, three offered, or honestly not known."""

import pytest

from tests.clock import StillClock
from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")


async def test_a_french_question_gets_the_french_answer_whatever_the_accents(camille: Person) -> None:
    await camille.says("/question quels sont les horaires d ouverture")
    camille.hears("De 9 h à midi.")


async def test_ask_without_a_question_asks_for_it(camille: Person) -> None:
    await camille.says("/ask")
    camille.hears("What would you like to know?")
    await camille.says("Can I give frozen food?")
    camille.hears("Yes, until noon.")


async def test_a_person_hears_how_many_others_wait(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/ask Where is the moon base?")
    assert "waiting" not in camille.hears("passed it on")
    await noor.says("/ask where is the MOON base ?")
    noor.hears("1 other is waiting too.")
    await alex.says("Where is the moon base")
    alex.hears("2 others are waiting too.")


async def test_asking_twice_makes_nobody_wait_for_themselves(camille: Person, alex: Person, clock: StillClock) -> None:
    await camille.says("/ask Where is the moon base?")
    await camille.says("/ask Where is the moon base?")
    assert "waiting" not in camille.hears("passed it on")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("Where is the moon base? · 1 person")


async def test_an_answer_that_helped_waits_for_nothing(camille: Person, alex: Person, clock: StillClock) -> None:
    await camille.says("/ask Can I give frozen food?")
    await camille.presses("This helped")
    camille.hears("Good to know, thank you.")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("No question waits for an answer.")


async def test_what_did_not_help_one_is_no_answer_to_the_next(camille: Person, noor: Person) -> None:
    await camille.says("/ask do you take food that is frozen")
    camille.hears("Yes, until noon.")
    await camille.presses("This did not help")
    await noor.says("/ask Do you take food that is frozen?")
    assert "Yes, until noon." not in noor.hears("Do you mean this?")


async def test_a_negated_question_is_offered_and_not_answered(camille: Person) -> None:
    await camille.says("/ask How do I not change my email address?")
    assert "Under Account." not in camille.hears("Do you mean this?")
