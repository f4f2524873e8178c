"""Moderators tell of a known issue; who is about to report it joins by a press, and hears when it is over."""

import pytest

from tests.stage import Person

TEXT = "Card payments fail since noon; cash works."


@pytest.mark.on("discord")
async def test_who_is_about_to_report_it_hears_when_it_is_over_and_something_else_is_severe(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/problem Paying by card fails at the checkout")
    await alex.says("/queue 1")
    await alex.presses("Known issue: tell people")
    alex.hears("What is known about it?")
    await alex.fills(text=TEXT)
    alex.hears("#1 is a known issue now. 1 person will be told.")
    await noor.says("/problem Paying by card at the checkout fails")
    noor.hears("It is known, and the team is on it (#1):", TEXT, "[Send it anyway]")
    await noor.presses("Tell me when it is over")
    noor.hears("When #1 is over")
    await alex.says("/incident 1 over")
    alex.hears("#1 is now resolved.", "2 people will be told.")
    await noor.stage.deliver()
    noor.hears("#1 is now resolved.")
    # Another one is severe.
    await camille.says("/problem The bench is dirty")
    await alex.says("/queue 2")
    await alex.presses("Severe")
    alex.hears("#2 is marked as severe; the staff hear of it now.")
    await alex.stage.deliver()
    assert "Severe: problem #2." in alex.stage.staff()[-1]
    # An area gets a team of its own.
    await alex.says("/route Quality team Quality desk")
    alex.hears("Quality · Quality desk")
    await alex.says("/route Quality answer 5 days")
    alex.hears("answers within 5 days")
    await camille.says("/suggest Softer chairs")
    await camille.says("/area 3 Quality")
    camille.hears("Read by: Quality desk, aiming to answer by 9 March.")
