"""Questions that the team does not answer: set aside with a word or without, or sent as feedback by who asked."""

import pytest

from tests.clock import StillClock
from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")
MOON = "Why is there no lamp at the door?"


async def opens(camille: Person, alex: Person, clock: StillClock) -> None:
    """A question waits, and a moderator opens it."""
    await camille.says(f"/ask {MOON}")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    await alex.presses(f"Not for us: {MOON}")
    alex.hears("1 person asked this:", MOON, "[Tell them kindly]", "[Set aside quietly]", "[It is feedback]")


async def waits(alex: Person) -> str:
    await alex.says("/unanswered")
    return alex.hears("")


@pytest.mark.on("discord")
async def test_set_aside_nobody_hears_of_it_or_a_kind_word_and_who_asked_may_send_it_as_feedback(
    camille: Person, alex: Person, clock: StillClock
) -> None:
    await opens(camille, alex, clock)
    await alex.presses("Set aside quietly")
    alex.hears("Set aside. Nobody is told.")
    await camille.stage.deliver()
    camille.never_heard("cannot answer this one")
    assert "No question waits for an answer." in await waits(alex)
    await opens(camille, alex, clock)
    await alex.presses("Tell them kindly")
    alex.hears("Set aside. 1 person will be told.")
    await camille.stage.deliver()
    camille.hears("the team has read it and cannot answer this one.", MOON)
    assert "No question waits for an answer." in await waits(alex)
    # Who asked is asked whether it is feedback.
    await opens(camille, alex, clock)
    await alex.presses("It is feedback")
    alex.hears("1 person is asked whether to send it as feedback.")
    await camille.stage.deliver()
    camille.hears("The team thinks this question of yours is a suggestion, or a problem:", MOON, "[No, thanks]")
    await camille.presses("Send it as a suggestion")
    camille.hears("Got it: suggestion #1")
    assert "No question waits for an answer." in await waits(alex)


@pytest.mark.on("telegram")
async def test_it_stays_a_question_when_that_is_not_wished_and_every_row_is_answered_page_by_page(
    camille: Person, alex: Person, clock: StillClock
) -> None:
    await opens(camille, alex, clock)
    await alex.presses("It is feedback")
    await camille.stage.deliver()
    await camille.presses("No, thanks")
    camille.hears("Fine. Nothing was sent.")
    assert f"{MOON} · 1 person · 1 wants it to stay a question" in await waits(alex)
    await alex.presses(f"Not for us: {MOON}")
    alex.hears("1 person asked this:", "1 wants it to stay a question")
    await alex.presses("It is feedback")
    alex.hears("Everyone who asked this was asked before.")
    # More than a page of them waits.
    for thing in ("ship", "cat", "lamp", "piano", "garden"):
        await camille.says(f"/ask Who takes care of the {thing}?")
        clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("1 to 5 of 6", "Answer: Who takes care of the piano?", "Next")
    await alex.presses("Next")
    alex.hears("6 to 6 of 6", "garden", "Previous")
    await alex.presses("Answer: Who takes care of the garden?")
    await alex.says("Noor does.")
    alex.hears("1 person will be told.")
    await camille.stage.deliver()
    camille.hears("Noor does.")
