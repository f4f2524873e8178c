"""Moderators: one item a screen, a decision with one thumb, a reason when it is due."""

from tests.stage import Person


async def test_the_queue_shows_one_item_with_what_can_be_decided_and_why_not_is_asked_and_told(
    camille: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    await alex.says("/atraiter")
    heard = alex.hears("Suggestion #1", "> Sunday opening #1", "Status: received", "Since: 4 March", "Waiting: 2")
    assert "[Planned] [Done] [Not planned]" in heard
    assert "A dark theme" not in heard
    await alex.presses("Next")
    alex.hears("> A dark theme #2")
    await alex.presses("Next")
    alex.hears("> Sunday opening #1")
    # Not planned: the reason is typed or pressed.
    await alex.presses("Not planned")
    alex.hears("Why? Everyone concerned will read it.", "[Not ours to decide.]")
    await alex.says("No volunteers to work it.")
    alex.hears("#1 is now not planned. 1 person will be told.")
    await camille.stage.deliver()
    camille.hears("#1 is now not planned.", "> Sunday opening", "No volunteers to work it.")
    await alex.says("/queue")
    await alex.presses("Not planned")
    await alex.presses("Not ours to decide.")
    alex.hears("#2 is now not planned.")
    await camille.stage.deliver()
    camille.hears("Not ours to decide.")
