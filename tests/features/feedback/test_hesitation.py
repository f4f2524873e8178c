"""What is asked before feedback is sent: a wish in its words, and contact data."""

from bot.ports.inbound import File
from tests.stage import BareStage, Person
from tests.words import WISHES

NUMBER = "06 12 34 56 78"
REACHED = "by which somebody can be reached. Members see it masked"


WISHED = ("anonymous: {}", "Anonymement, {}", "[sans mon nom] {}")


async def test_a_wish_for_no_name_is_asked_about(noor: Person, alex: Person) -> None:
    for number, (wished, words) in enumerate(zip(WISHED, WISHES, strict=False), 1000):
        await noor.says(f"/suggest {wished.format(words)}")
        noor.hears("Without your name. Everyone can read this", f"> {words}", "[Send] [As I wrote it] [Edit] [Cancel]")
        await noor.presses("Send")
        noor.hears(f"Got it: suggestion #{number}.", "Everyone can see it, without your name.")
        await alex.says(f"/queue {number}")
        alex.hears(f"> {words} #{number}", "without a name")
    alex.never_heard("noor")


async def test_a_wish_for_the_team_is_asked_about_and_both_at_once(noor: Person, camille: Person) -> None:
    await noor.says("/suggest team only: open on Sundays")
    noor.hears("> open on Sundays", "Only the team can see it, with your name.", "[Send to the team only]")
    await noor.presses("Send to the team only")
    noor.hears("Got it: suggestion #1.", "Only the team can see it, with your name.")
    await camille.says("/status 1")
    camille.hears("There is no #1 that you can see here.")
    # Both wishes at once.
    await noor.says("/suggest anonymous, team only: open on Mondays")
    await noor.presses("Send")
    noor.hears("Got it: suggestion #1000.", "Only the team can see it, without your name.")
    # A word that was no wish is sent as it was written.
    await noor.says("/suggest anonymous: the film should be shown")
    await noor.presses("As I wrote it")
    noor.hears("Got it: suggestion #2.", "Everyone can see it, with your name.")
    await noor.says("/status 2")
    noor.hears("> anonymous: the film should be shown #2")
    # A wish alone asks for the words.
    await noor.says("/problem anonymous")
    noor.hears("Your words?")
    await noor.says("I am paid late")
    noor.hears("Without your name. Only the team reads this", "> I am paid late")
    # Who chose it already is not asked twice.
    await noor.says("/problem team only: the lift is stuck")
    noor.hears("Got it: problem #3.", "Only the team can see it, with your name.")


async def test_a_number_is_pointed_out_and_masked_for_members(
    noor: Person, camille: Person, alex: Person, stage: BareStage
) -> None:
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
    # It is pointed out in new words.
    await noor.says("/suggest A lift")
    await noor.says(f"/edit 2 A lift; call {NUMBER}")
    noor.hears("#2 now reads:", REACHED)
    # A number without a name is warned of.
    await noor.says("/suggest")
    await noor.fills(text=f"Call {NUMBER}", name="nameless")
    noor.hears("Without your name.", "by which somebody can be reached")
    # A number for the team needs no question until it is to be shown.
    await noor.says(f"/problem Call me at {NUMBER}, the lift is stuck")
    noor.hears("Got it: problem #3.")
    await noor.presses("Show to everyone")
    shown = noor.hears("#3 would be shown like this:", "> Call me at ••••, the lift is stuck", REACHED)
    assert NUMBER not in shown
    # A number beside a file is pointed out and the file stays.
    note = File("lift.txt", "text/plain", b"stuck since noon")
    await stage.do(noor, text=f"/suggest Call me at {NUMBER}", attachments=(note,))
    noor.hears(REACHED, "With 1 file.", "[Send it so]")
    await noor.presses("Send it so")
    noor.hears("Got it: suggestion #4.", "1 file")
