"""A moderator chooses what sort of community it is, and what its words are, on every platform."""

import pytest

from tests.stage import Person


@pytest.mark.on("discord")
async def test_a_preset_is_chosen_by_press_and_a_word_is_changed_and_taken_back(camille: Person, alex: Person) -> None:
    await alex.says("/preset")
    await alex.presses("An association")
    alex.hears("The areas are now: Actions · Volunteers · Gifts and membership · Information.")
    await camille.says("/suggest Benches by the river")
    camille.hears("Got it: idea #1")
    await alex.says("/words planned = slated = slated")
    alex.hears("From now on: slated · slated.")
    await alex.presses("Back to the usual word")
    alex.hears("The usual words are back: planned · prévu.")
