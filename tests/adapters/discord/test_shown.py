"""Receipts on Discord: edited for as long as Discord lets them be, and right when pressed after that."""

from datetime import timedelta

from tests.adapters.discord.outgoing.test_time import slowly
from tests.adapters.discord.stage import DiscordStage
from tests.clock import StillClock
from tests.screens import keep_up
from tests.stage import Person

WAITS = "The decision will come here"


async def test_a_receipt_in_direct_messages_is_true_after_a_restart(
    discord: DiscordStage, mia: Person, rosa: Person
) -> None:
    await discord.write_alone(mia, "/suggest A dark theme")
    await keep_up(discord)
    await discord.restart()
    await rosa.says("/queue 1 planned")
    await keep_up(discord)
    mia.sees_no(WAITS)


async def test_a_receipt_that_stays_since_its_button_was_answered_too_late_is_kept_true(
    discord: DiscordStage, mia: Person, rosa: Person
) -> None:
    await mia.says("/suggest A dark theme")
    await keep_up(discord)
    button = discord.button(mia, "Team only")
    async with slowly(discord):
        await discord._click(mia, *button)
        await discord.env.advance_time(2)
    assert len([text for text in discord.stands(mia) if "[Withdraw]" in text]) == 2
    await rosa.says("/queue 1 done")
    await keep_up(discord)
    mia.sees_no(WAITS, "[Withdraw]")


async def test_an_unseen_receipt_is_left_after_a_quarter_of_an_hour_and_right_when_pressed(
    discord: DiscordStage, mia: Person, rosa: Person, clock: StillClock
) -> None:
    await mia.says("/suggest A dark theme")
    await keep_up(discord)
    clock.forward(seconds=timedelta(minutes=16).total_seconds())
    await rosa.says("/queue 1 done")
    before = len(discord.env.http_requests)
    await keep_up(discord)
    assert not [one for one in discord.env.http_requests[before:] if one.method == "PATCH"]
    await mia.presses("Edit")
    mia.sees_no(WAITS, "[Edit]", "[Withdraw]")
