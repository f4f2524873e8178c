"""What /cancel says when nothing is under way: what was filed last stays, and how to take it back."""

from tests.clock import StillClock
from tests.stage import Person

TAKE_BACK = "There is nothing under way, and #{0} stays with the team. To take it back: /withdraw {0}"


async def files_nameless(person: Person, text: str) -> None:
    await person.says("/problem")
    await person.fills(text=text, audience="everyone", name="nameless")
    await person.presses("Send")


async def test_of_one_day_it_names_all_that_may_be_the_last(noor: Person, clock: StillClock) -> None:
    """Of what is nameless the day alone is stored, so that what has a name looks later."""
    await files_nameless(noor, "The door is stuck")
    clock.forward(days=2)
    await noor.says("/suggest A bench")
    clock.forward(hours=1)
    await files_nameless(noor, "I am paid late")
    await noor.says("/cancel")
    noor.hears("There is nothing under way. With the team: #1, #1001. To take one back: /withdraw and its number")
    await noor.says("/withdraw 1")
    await noor.says("/cancel")
    noor.hears(TAKE_BACK.format(1001))
    await noor.says("/withdraw 1001")
    await noor.says("/cancel")
    assert noor.hears() == "There is nothing under way.\n"
    # Of the day before, what is nameless is not the last.
    await files_nameless(noor, "The heating is off")
    await noor.says("/cancel")
    noor.hears(TAKE_BACK.format(1002))
    clock.forward(hours=14)
    await noor.says("/suggest A lamp")
    await noor.says("/cancel")
    noor.hears(TAKE_BACK.format(2))


async def test_a_no_to_whether_one_is_sure_says_so_and_leaves_a_draft(alex: Person) -> None:
    await alex.says("/suggest A bench")
    await alex.says("/problem")
    await alex.fills(text="I am paid late", audience="team", name="nameless")
    for asked in ("/forgetme", "/erase noor"):
        await alex.says(asked)
        await alex.presses("Cancel")
        assert alex.hears() == "Fine. Nothing was done.\n", asked
    await alex.presses("Send")
    alex.hears("Got it: problem #1000.")
