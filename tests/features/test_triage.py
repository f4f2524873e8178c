"""Moderators: one item a screen, a decision with one thumb, a reason when it is due."""

from tests.clock import StillClock
from tests.stage import Person

PRESSED = (
    ("suggest", "Planned", "planned"),
    ("suggest", "Done", "done"),
    ("problem", "Being handled", "being handled"),
    ("problem", "Resolved", "resolved"),
    ("praise", "Read", "read"),
)
TYPED = {
    "/queue {} planned": "planned",
    "/queue #{} done thanks to Ines": "done",
    "/queue {} not_planned no volunteers": "not planned",
    "/queue {} review": "under review",
}


async def test_an_empty_queue_says_so(alex: Person) -> None:
    await alex.says("/queue")
    alex.hears("Nothing waits for a decision.")


async def test_the_most_supported_comes_first(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    await noor.says("/support 2")
    await alex.says("/queue")
    alex.hears("> A dark theme #2")


async def test_a_decision_is_one_press(camille: Person, alex: Person) -> None:
    for number, (filed, pressed, status) in enumerate(PRESSED, 1):
        await camille.says(f"/{filed} Sunday opening")
        await alex.says("/queue")
        await alex.presses(pressed)
        alex.hears(f"#{number} is now {status}. 1 person will be told.", "Nothing waits for a decision.")


async def test_after_a_decision_the_next_item_is_there(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    await alex.says("/queue")
    await alex.presses("Done")
    alex.hears("#1 is now done.", "> A dark theme #2")


async def test_a_problem_is_explained_with_its_explanation(camille: Person, alex: Person) -> None:
    await camille.says("/problem The code never comes")
    await alex.says("/queue")
    await alex.presses("Explained")
    alex.hears("Why? Everyone concerned will read it.")
    await alex.says("It goes to the number in your account.")
    await camille.stage.deliver()
    camille.hears("#1 is now explained.", "It goes to the number in your account.")


async def test_a_decision_can_be_typed(camille: Person, alex: Person) -> None:
    for number, (typed, status) in enumerate(TYPED.items(), 1):
        await camille.says("/suggest Sunday opening")
        await alex.says(typed.format(number))
        alex.hears(f"#{number} is now {status}.")


async def test_a_decision_can_be_typed_as_the_button_says_it(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 not planned No volunteers")
    alex.hears("#1 is now not planned.")


async def test_the_same_decision_twice_tells_nobody_twice(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 planned")
    await alex.says("/queue 1 planned")
    alex.hears("#1 is already planned.")
    await camille.stage.deliver()
    assert sum("is now planned" in text for text in camille.stage.heard(camille)) == 1


async def test_what_was_withdrawn_is_not_decided_on(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/withdraw 1")
    await alex.says("/queue 1 planned")
    assert "is now planned" not in alex.stage.heard(alex)[-1]
    await camille.says("/mine")
    camille.hears("#1 Sunday opening · withdrawn")


async def test_the_words_of_what_was_withdrawn_are_shown_to_nobody(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/withdraw 1")
    camille.hears("Nobody else is shown it any more.")
    for typed in ("/status 1", "/queue 1", "/queue", "/top", "/digest preview"):
        await alex.says(typed)
        assert "Sunday opening" not in alex.stage.heard(alex)[-1], typed


async def test_a_moderator_sees_team_only_words(camille: Person, alex: Person) -> None:
    await camille.says("/problem The code never comes")
    await alex.says("/status 1")
    alex.hears("> The code never comes #1")


async def test_a_moderator_sees_how_long_it_waits(camille: Person, alex: Person, clock: StillClock) -> None:
    await camille.says("/suggest Sunday opening")
    clock.forward(days=31)
    await alex.says("/digest preview")
    alex.hears("#1 Sunday opening", "31 days")


async def test_a_wrong_decision_is_told(alex: Person, camille: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 foo")
    alex.hears("“foo” is not one of: under review · planned")


async def test_the_words_of_what_is_closed_stay_as_they_are(alex: Person, camille: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 done")
    await camille.says("/edit 1 Saturday opening")
    camille.hears("#1 is closed; its words stay as they are.")
    await camille.says("/status 1")
    camille.hears("> Sunday opening #1")
