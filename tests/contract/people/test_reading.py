"""What a person may look up: their own, one item, what moves, help, language, privacy."""

import pytest

from bot.catalogue import registry
from bot.ports.inbound import Role
from tests.stage import Person


@pytest.mark.on("discord")
async def test_mine_status_and_top_show_what_each_may_see(camille: Person, noor: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    await camille.says("/problem A secret trouble")
    await camille.says("/mine")
    await camille.presses("#1")
    camille.hears("Suggestion #1", "> Sunday opening #1", "Status: received", "[Edit] [Withdraw]")
    await noor.says("/status 1")
    heard = noor.hears("> Sunday opening #1", "Status: received", "From: ", "0 supporters", "[Support] [Follow]")
    assert "camille" in heard.casefold()
    assert "[Edit]" not in heard
    await noor.says("/support 2")
    await noor.says("/top")
    heard = noor.hears("Most supported", "#2 A dark theme · 1 supporter", "#1 Sunday opening · 0 supporters")
    assert heard.index("#2 A dark") < heard.index("#1 Sunday")
    assert "secret" not in heard


async def test_help_language_and_privacy_answer_and_forgetme_asks_and_erases_once_confirmed_by_the_button(
    camille: Person, noor: Person
) -> None:
    await camille.says("/help")
    heard = camille.hears(*(f"/{command.name}: " for command in registry().listed(Role.MEMBER)))
    assert "/queue" not in heard
    await camille.says("/language")
    camille.hears("Which language: en, fr or auto?")
    await camille.says("en")
    camille.hears("From now on the bot answers you in English.")
    await camille.says("/privacy")
    camille.hears(
        "Your privacy here",
        "Read by: Delivery team.",
        "What can be kept, encrypted on disk:",
        "• your feedback, its files and what became of it",
        "[Erase what is kept about me]",
    )
    # Everything is erased once that is confirmed.
    await camille.says("/suggest Sunday opening")
    await camille.says("/forgetme")
    camille.hears("It cannot be undone.", "[Erase everything about me] [Cancel]")
    await camille.presses("Cancel")
    await camille.says("/mine")
    camille.hears("#1 Sunday opening")
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    camille.hears("Done. 1 item was blanked; nothing stored here leads to you any more.")
    await camille.says("/mydata")
    camille.hears("Nothing is kept about you here.")
    await noor.says("/top")
    noor.never_heard("Sunday opening")
