"""What listening brought, with the page to forward, on every platform."""

import pytest

from tests.stage import Person


@pytest.mark.on("discord")
async def test_moderators_see_it_and_how_it_is_counted(camille: Person, alex: Person) -> None:
    await camille.says("/suggest A bench by the pond")
    await alex.says("/impact 2026-03")
    alex.hears("What listening brought · 1-4 March 2026", "1 person heard", "0 of 1 message with an outcome")
    await alex.presses("How it is counted")
    alex.hears("People heard: 1", "distinct people who wrote to the team or asked the bot.", "1 row.")
