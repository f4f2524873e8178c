"""Questions: answered from what the team wrote, three offered, or honestly not known."""

import pytest

from tests.clock import StillClock
from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")


@pytest.mark.everywhere
async def test_a_known_question_is_answered_and_an_unclear_one_offers_three(camille: Person) -> None:
    await camille.says("/ask Can I give frozen food?")
    camille.hears("Can I give frozen food?", "Yes, until noon.", "[This helped] [This did not help]")
    await camille.says("do you take FROZEN food")
    camille.hears("Yes, until noon.")
    await camille.says("/ask How do I change my address?")
    heard = camille.hears("I am not sure which of these is meant:", "[None of these]")
    assert heard.count("[How do I change") == 3
    await camille.presses("How do I change my delivery address?")
    camille.hears("Under Orders.")
    await camille.says("hello")
    camille.hears("Hello.", "/help shows everything", "[Ask] [Suggest] [Problem]")
    await camille.says("/ask merci beaucoup")
    assert "passed it on" not in camille.hears("With pleasure.")


@pytest.mark.on("discord")
async def test_what_is_not_known_meant_or_of_help_is_passed_on_and_who_asked_is_told_once_a_moderator_answers(
    camille: Person, alex: Person, clock: StillClock, noor: Person
) -> None:
    await camille.says("/ask Where is the moon base?")
    camille.hears("I don't know, and I'd rather not guess. I've passed it on; the answer will come here.")
    await camille.says("/ask How do I change my address?")
    await camille.presses("None of these")
    camille.hears("I don't know, and I'd rather not guess. I've passed it on")
    await camille.says("/ask Can I give frozen food?")
    await camille.presses("This did not help")
    camille.hears("I've passed it on")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears(
        "Questions without an answer",
        "Where is the moon base? · 1 person",
        "How do I change my address? · 1 person",
        "Can I give frozen food? · 1 person",
    )
    # A moderator answers, and keeps the answer.
    await alex.presses("Answer: Where is the moon base?")
    await alex.says("Behind the harbour.")
    alex.hears("1 person will be told.")
    await alex.presses("Keep the answer")
    alex.hears("How should the question read, without anything personal?")
    await alex.fills(text="Where is the moon base?")
    alex.hears("Kept. The bot gives this answer from now on.")
    await camille.stage.deliver()
    camille.hears("The team has answered this question of yours:", "> Where is the moon base?", "Behind the harbour.")
    await noor.says("/ask Where is the moon base?")
    noor.hears("Behind the harbour.", "[This helped] [This did not help]")
