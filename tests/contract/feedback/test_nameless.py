"""Without a name: the preview first, then Send, Edit or Cancel; the receipt says what was chosen."""

import pytest

from tests.clock import StillClock
from tests.stage import Person


@pytest.mark.unseen
async def test_nothing_is_sent_without_a_name_before_the_preview_is_read_and_who_wrote_it_is_nowhere(
    noor: Person, camille: Person, alex: Person
) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    noor.hears(
        "Everyone can read this; nobody sees who wrote it, the team neither.",
        "The answer comes here.",
        "A detail may give you away: read it once more?",
        "> I am paid late",
        "[Send] [Edit] [Cancel]",
    )
    await alex.says("/queue")
    alex.hears("Nothing waits for a decision.")
    await noor.presses("Send")
    noor.hears("Got it: problem #1000.", "Everyone can see it, without your name.")
    await alex.says("/queue")
    assert "noor" not in alex.hears("> I am paid late #1000", "From: without a name").casefold()
    for person in (camille, alex):
        await person.says("/status 1000")
        assert "noor" not in person.hears("> I am paid late #1000").casefold()
    await noor.says("/forgetme")
    noor.hears("Without your name you sent:", "#1000 I am paid late", "[Everything at once]")
    await noor.presses("Erase everything about me")
    noor.hears("1 without your name leaves by 11 March, at a moment of its own.")
    await camille.says("/status 1000")
    camille.hears("I am paid late")


@pytest.mark.everywhere
@pytest.mark.unseen
async def test_a_nameless_draft_can_be_edited_in_a_form_and_thrown_away_or_sent(noor: Person) -> None:
    await noor.says("/suggest")
    await noor.fills(text="Pay, erly", audience="everyone", name="nameless")
    await noor.presses("Edit")
    await noor.fills(text="Pay early")
    noor.hears("Without your name.", "> Pay early")
    await noor.presses("Cancel")
    noor.hears("Nothing was sent, and the draft is gone.")
    # Another one is edited by words, and sent.
    await noor.says("/problem")
    await noor.fills(text="I, Noor, am paid late", audience="everyone", name="nameless")
    await noor.presses("Edit")
    noor.hears("What should it say?")
    await noor.says("I am paid late")
    noor.hears("Without your name.", "> I am paid late", "[Send] [Edit] [Cancel]")
    await noor.presses("Send")
    noor.hears("Got it: problem #1000.", "Everyone can see it, without your name.")
    await noor.says("/status 1000")
    assert "Noor" not in noor.hears("> I am paid late #1000")


@pytest.mark.on("telegram")
async def test_taking_the_name_off_later_warns_first(noor: Person, camille: Person) -> None:
    await noor.says("/suggest Pay early")
    await noor.presses("Without my name")
    noor.hears("Without your name.", "> Pay early", "[Take my name off]")
    await camille.says("/status 1")
    camille.hears("From: ")
    await noor.presses("Take my name off")
    noor.hears("#1 is changed. Everyone can see it, without your name.")
    await camille.says("/status 1")
    assert "From: " not in camille.hears("> Pay early #1")


@pytest.mark.on("discord")
@pytest.mark.unseen
async def test_the_answer_to_a_question_without_a_name_comes_back_to_who_asked(
    noor: Person, alex: Person, clock: StillClock
) -> None:
    await noor.says("/ask")
    await noor.fills(question="Where is the moon base?", name="nameless")
    noor.hears("I've passed it on without your name; the answer will come here.")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    await alex.presses("Answer: Where is the moon base?")
    await alex.fills(text="Behind the harbour, second door.")
    alex.hears("1 person will be told.")
    await noor.stage.deliver()
    noor.hears("The team has answered this question of yours:", "Behind the harbour, second door.")
