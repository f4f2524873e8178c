"""The one press of each line of a digest: to decide an item, to take a theme nobody is on, to read its quotes."""

import re

from bot.ports.inbound import Role
from tests.stage import BareStage, Person


async def test_three_buttons_are_below_it_quotes_behind_details_and_an_item_is_decided_from_its_line(
    stage: BareStage, lived: Person
) -> None:
    omar = lived
    await omar.says("/digest")
    assert re.search(r"\n\[Decide\] \[Quotes\] \[Details\]$", omar.hears())
    await omar.presses("Details")
    omar.hears("How it is counted")
    await omar.presses("Quotes")
    omar.hears("What people talk about", "payment")
    ines = Person(stage, "ines")
    await stage.do(ines, button=stage.token(omar, "1. Take it"))
    assert "yours now" not in ines.hears(), "a member who guesses the button takes nothing"
    await omar.presses("Decide #1")
    omar.hears("#1", "tap drips", "[Resolved]")


async def test_who_takes_a_theme_is_on_it_and_the_next_press_says_so(stage: BareStage, lived: Person) -> None:
    omar = lived
    noor = Person(stage, "noor", Role.MODERATOR)
    await noor.says("/digest")
    await omar.says("/digest")
    await omar.presses("1. Take it")
    omar.hears("7 messages are yours now.", "[#")
    await noor.presses("1. Take it")
    noor.hears("Meanwhile omar takes care of this.")
    await omar.says("/digest")
    assert "Nobody is on it" not in omar.hears("omar is on it.", "[1. Read]")
    await omar.presses("1. Read")
    omar.hears("payment")


async def test_what_another_team_has_stays_theirs_and_what_was_decided_meanwhile_is_not_taken(
    stage: BareStage, lived: Person
) -> None:
    omar = lived
    await omar.says("/digest")
    take = stage.token(omar, "1. Take it")
    await omar.says("/assign 10 Checkout desk")
    await stage.do(omar, button=take)
    omar.hears("6 messages are yours now.")
    for number in range(10, 17):
        await omar.says(f"/queue {number} resolved")
    await stage.do(omar, button=take)
    omar.hears("Nothing of this is open any more.")
