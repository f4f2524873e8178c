"""Suggest, report, praise: typed at once, asked for, or in a form; each ends in an honest receipt."""

import pytest

from tests.stage import Person
from tests.words import WISHES

QUESTIONS = {
    "/suggest": "What would you suggest?",
    "/problem": "What is the problem?",
    "/praise": "What went well?",
}


async def test_what_is_typed_is_filed_at_once_and_the_receipt_says_who_reads_it(camille: Person, noor: Person) -> None:
    await camille.says("/suggest A drak theme")
    camille.hears(
        "Got it: suggestion #1.",
        "Everyone can see it, with your name.",
        "Read by: Delivery team.",
        "The decision will come here; /status 1 any time.",
    )
    await camille.presses("Edit")
    camille.hears("What should it say?")
    await camille.says("A dark theme")
    camille.hears("#1 now reads:", "> A dark theme #1")
    await camille.says("/status 1")
    assert "drak" not in camille.hears("> A dark theme #1")
    await camille.says("/problem The code never comes")
    camille.hears("Got it: problem #2.", "Only the team can see it, with your name.")
    await camille.says("/suggest Chairs at the stop")
    await camille.presses("Withdraw")
    camille.hears("#3 is withdrawn.")
    await noor.says("/status 3")
    noor.hears("There is no #3 that you can see here.")


@pytest.mark.unseen
async def test_a_missing_text_is_asked_for_and_the_next_words_are_the_answer(camille: Person) -> None:
    await camille.says("/suggest")
    await camille.says("/cancel")
    await camille.says("/mine")
    camille.hears("Nothing of yours yet.")
    for number, (command, question) in enumerate(QUESTIONS.items(), 1):
        await camille.says(command)
        camille.hears(question)
        await camille.says(WISHES[number])
        camille.hears("Got it: ", f"#{number}.")


@pytest.mark.everywhere
@pytest.mark.unseen
async def test_a_form_chooses_area_and_visibility_and_a_dot_is_no_words(camille: Person) -> None:
    await camille.says("/problem")
    await camille.fills(text="The lift is stuck", area="Quality", audience="everyone")
    camille.hears("Got it: problem #1.", "Everyone can see it, with your name.")
    await camille.says("/status 1")
    camille.hears("Area: Quality")
    await camille.says("/problem")
    await camille.fills(text="The stairs are dark")
    camille.hears("Only the team can see it, with your name.")
    # A dot is no words, and what was chosen with it stays.
    await camille.says("/problem ...")
    camille.hears("A few words are needed.")
    await camille.fills(text=".", area="Quality", audience="everyone")
    camille.hears("A few words are needed.")
    await camille.says("The door is stuck")
    camille.hears("Got it: problem #3.", "Everyone can see it, with your name.")
    await camille.says("/suggest without my name: ...")
    camille.hears("Your words")
    await camille.says("/cancel")
    await camille.says("/edit 3 …")
    camille.hears("What should it say?")
    await camille.says("/cancel")
    await camille.says("/status 3")
    camille.hears("Area: Quality", "The door is stuck")
