"""Questions: answered from what the team wrote, three offered, or honestly not known."""

import pytest

from tests.clock import StillClock
from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")


async def test_a_question_is_answered_asked_for_or_offered_and_one_that_helped_waits_for_nothing(
    camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says("/question quels sont les horaires d ouverture")
    camille.hears("De 9 h à midi.")
    await noor.says("/ask")
    noor.hears("What would you like to know?")
    await noor.says("Can I give frozen food?")
    noor.hears("Yes, until noon.")
    await noor.presses("This helped")
    noor.hears("Good to know, thank you.")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("No question waits for an answer.")
    await camille.says("/ask How do I not change my email address?")
    assert "Under Account." not in camille.hears("Do you mean this?"), "a negated one is offered"


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


async def test_what_did_not_help_one_is_no_answer_to_the_next(camille: Person, noor: Person) -> None:
    await camille.says("/ask do you take food that is frozen")
    camille.hears("Yes, until noon.")
    await camille.presses("This did not help")
    await noor.says("/ask Do you take food that is frozen?")
    assert "Yes, until noon." not in noor.hears("Do you mean this?")
