"""Moderators take from view what harms somebody, and its author is told and asks once to look again."""

import pytest

from tests.stage import Person


@pytest.mark.on("telegram")
async def test_it_is_taken_from_view_and_put_back_and_a_nameless_author_is_told_where_they_wrote(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest Bob never opens on Sunday")
    await alex.says("/queue")
    await alex.presses("Take from view")
    alex.hears("Why? Its author will read it.", "[It insults somebody.]")
    await alex.presses("It names a person.")
    alex.hears("#1 is taken from view: It names a person. Its author is told.")
    await noor.says("/status 1")
    noor.hears("There is no #1 that you can see here.")
    await camille.stage.deliver()
    camille.hears("#1 was taken from view by a moderator: It names a person.", "> Bob never opens")
    await camille.presses("Ask to look again")
    await camille.fills(text="Bob is my dog")
    camille.hears("The moderators see this with #1.")
    await camille.stage.deliver()
    assert "Bob is my dog" in camille.stage.staff()[-1]
    await alex.presses("Put back in view")
    alex.hears("#1 is back in view. Its author is told.")
    await noor.says("/status 1")
    noor.hears("> Bob never opens on Sunday")
    await camille.stage.deliver()
    camille.hears("#1 is back in view.")
    # A nameless author is told where they wrote.
    await noor.says("/suggest")
    await noor.fills(text="The people are paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await alex.says("/remove 1000 Not today.")
    alex.hears("#1000 is taken from view: Not today.")
    await noor.stage.deliver()
    noor.hears("#1000 was taken from view by a moderator: Not today.")
    await noor.presses("Ask to look again")
    await noor.fills(text="When then?")
    noor.hears("The moderators see this with #1000.")
