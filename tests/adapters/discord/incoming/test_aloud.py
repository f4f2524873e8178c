"""What is offered in the open is answered in the open, and what is shown to one person alone stays theirs."""

import asyncio

import pytest

from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")
QUESTION = "How do I change my address?"
OFFERED = "How do I change my email address?"


async def test_a_public_offer_that_is_answered_slowly_stays_public(discord: DiscordStage, mia: Person) -> None:
    await discord.write(mia, f"{discord.mention} {QUESTION}")
    discord.slow, discord.env.settle_timeout = asyncio.Event(), 1.0
    await discord._click(mia, *discord.button(mia, OFFERED))
    await discord.env.advance_time(2)
    discord.slow.set()
    discord.slow = None
    await discord.env.settle(timeout=30)
    assert "Under Account." in discord.seen_in(discord.plaza)[-1]
    assert "↓" not in discord.seen_in(discord.plaza)


async def test_a_public_offer_is_answered_for_all_to_see_by_nobody_else(
    discord: DiscordStage, mia: Person, luc: Person
) -> None:
    await discord.write(mia, f"{discord.mention} {QUESTION}")
    await luc.presses(OFFERED)
    luc.hears("Ce bouton est destiné à quelqu")
    assert "Under Account." not in "".join(discord.seen_in(discord.plaza))
    assert OFFERED in discord.seen_in(discord.plaza)[-1]
    await mia.presses(OFFERED)
    assert "Under Account." in discord.seen_in(discord.plaza)[-1]


async def test_an_offer_shown_to_one_alone_and_what_is_filed_by_a_button_in_the_open_are_answered_alone(
    discord: DiscordStage, mia: Person
) -> None:
    await discord.slash(mia, "ask", question=QUESTION)
    await mia.presses(OFFERED)
    mia.hears("Under Account.")
    assert not discord.seen_in(discord.plaza)
    # What is filed by a button in the open, too.
    await discord.write(mia, f"{discord.mention} /suggest A bench")
    before = discord.seen_in(discord.plaza)
    await mia.presses("Team only")
    mia.hears("#1 is changed.")
    assert discord.seen_in(discord.plaza) == before
