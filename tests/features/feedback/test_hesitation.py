"""What is asked before feedback is sent: a wish in its words, and contact data."""

import pytest

from bot.ports.inbound import File
from tests.stage import BareStage, Person

NUMBER = "06 12 34 56 78"
REACHED = "by which somebody can be reached. Members see it masked"


@pytest.mark.parametrize(
    "said", ["anonymous: I am paid late", "Anonymement, I am paid late", "[sans mon nom] I am paid late"]
)
async def test_a_wish_for_no_name_is_asked_about(stage: BareStage, noor: Person, alex: Person, said: str) -> None:
    await noor.says(f"/suggest {said}")
    noor.hears(
        "Without your name. Everyone can read this", "> I am paid late", "[Send] [As I wrote it] [Edit] [Cancel]"
    )
    await noor.presses("Send")
    noor.hears("Got it: suggestion #1000.", "Everyone can see it, without your name.")
    await alex.says("/queue")
    alex.hears("> I am paid late #1000", "without a name")
    alex.never_heard("noor")


async def test_a_wish_for_the_team_is_asked_about(noor: Person, camille: Person) -> None:
    await noor.says("/suggest team only: open on Sundays")
    noor.hears("> open on Sundays", "Only the team can see it, with your name.", "[Send to the team only]")
    await noor.presses("Send to the team only")
    noor.hears("Got it: suggestion #1.", "Only the team can see it, with your name.")
    await camille.says("/status 1")
    camille.hears("There is no #1 that you can see here.")


async def test_both_wishes_at_once(noor: Person) -> None:
    await noor.says("/suggest anonymous, team only: open on Sundays")
    await noor.presses("Send")
    noor.hears("Got it: suggestion #1000.", "Only the team can see it, without your name.")


async def test_a_word_that_was_no_wish_is_sent_as_it_was_written(noor: Person) -> None:
    await noor.says("/suggest anonymous: the film should be shown")
    await noor.presses("As I wrote it")
    noor.hears("Got it: suggestion #1.", "Everyone can see it, with your name.")
    await noor.says("/status 1")
    noor.hears("> anonymous: the film should be shown #1")


async def test_a_wish_alone_asks_for_the_words(noor: Person) -> None:
    await noor.says("/problem anonymous")
    noor.hears("Your words?")
    await noor.says("I am paid late")
    noor.hears("Without your name. Only the team reads this", "> I am paid late")


async def test_who_chose_it_already_is_not_asked_twice(noor: Person) -> None:
    await noor.says("/problem team only: the lift is stuck")
    noor.hears("Got it: problem #1.", "Only the team can see it, with your name.")


async def test_a_number_is_pointed_out_and_masked_for_members(noor: Person, camille: Person, alex: Person) -> None:
    await noor.says(f"/suggest Call me at {NUMBER} about Sundays")
    noor.hears("by which somebody can be reached. Members see it masked", f"> Call me at {NUMBER}", "[Send it so]")
    await noor.presses("Send it so")
    noor.hears("Got it: suggestion #1.")
    for asked in ("/status 1", "/top"):
        await camille.says(asked)
        camille.hears("Call me at ••••")
    await alex.says("/queue")
    alex.hears(f"> Call me at {NUMBER} about Sundays #1")
    await alex.says("/digest")
    alex.hears("Call me at ••••")
    camille.never_heard(NUMBER)


async def test_a_number_for_the_team_needs_no_question_until_it_is_to_be_shown(noor: Person) -> None:
    await noor.says(f"/problem Call me at {NUMBER}, the lift is stuck")
    noor.hears("Got it: problem #1.")
    await noor.presses("Show to everyone")
    shown = noor.hears("#1 would be shown like this:", "> Call me at ••••, the lift is stuck", REACHED)
    assert NUMBER not in shown


async def test_a_number_beside_a_file_is_pointed_out_and_the_file_stays(stage: BareStage, noor: Person) -> None:
    note = File("lift.txt", "text/plain", b"stuck since noon")
    await stage.do(noor, text=f"/suggest Call me at {NUMBER}", attachments=(note,))
    noor.hears(REACHED, "With 1 file.", "[Send it so]")
    await noor.presses("Send it so")
    noor.hears("Got it: suggestion #1.", "1 file")


async def test_a_number_in_new_words_is_pointed_out(noor: Person) -> None:
    await noor.says("/suggest A lift")
    await noor.says(f"/edit 1 A lift; call {NUMBER}")
    noor.hears("#1 now reads:", REACHED)


async def test_a_number_without_a_name_is_warned_of(noor: Person) -> None:
    await noor.says("/suggest")
    await noor.fills(text=f"Call {NUMBER}", name="nameless")
    noor.hears("Without your name.", "by which somebody can be reached")
