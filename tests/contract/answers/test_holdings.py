"""A moderator files an answer under a tag, and finds it by it."""

import pytest

from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")
ASKED = "Can I give frozen food?"


@pytest.mark.on("discord")
async def test_an_answer_is_filed_under_a_tag_and_found_by_it(alex: Person) -> None:
    await alex.says("/knowledge frozen")
    await alex.presses(f"Open: {ASKED}")
    alex.hears("Yes, until noon.", "No tags.")
    await alex.presses("Tags")
    await alex.says("gifts")
    alex.hears("Filed under: gifts")
    await alex.says("/knowledge #gifts")
    alex.hears("What the bot knows · #gifts", ASKED, "gifts")
