"""Blocking an author, on every platform: out of the way of a slip, read by nobody but the author."""

import pytest

from tests.stage import Person


@pytest.mark.on("discord")
@pytest.mark.unseen
async def test_a_moderator_blocks_an_author_who_is_told_kindly_and_may_ask_again(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest You are all idiots")
    await alex.says("/queue")
    await alex.presses("More actions")
    await alex.presses("Block its author")
    await alex.presses("A week")
    alex.hears("Why? The author of #1 will read it, nobody else.")
    await alex.presses("Insults or threats.")
    alex.hears("#1's author is blocked until 11 March.")
    await camille.says("/problem You all are")
    camille.hears("The moderators of Plaza ask for a pause: until 11 March", "> Insults or threats.")
    await camille.presses("Ask to look again")
    await camille.says("My brother wrote that.")
    camille.hears("Passed on to the team, without your name.")
    await camille.stage.deliver()
    assert "asks to look at it again:\n> My brother wrote that." in camille.stage.staff()[-1]
    noor.never_heard("pause", "blocked", "brother")
    # Typed it is one line.
    await noor.says("/suggest Sunday opening")
    await alex.says("/block 2 day Please mind the tone.")
    alex.hears("#2's author is blocked until 5 March.")
    await alex.says("/unblock 2")
    alex.hears("The block because of #2 is lifted.")
    await noor.says("/suggest A lamp")
    noor.hears("Got it: suggestion #3.")
