"""The digest names the thing: its first sentence says what people speak of, how many they are, and who is on it."""

from collections.abc import Sequence

import pytest

from bot.ports.inbound import Role
from tests.clock import StillClock
from tests.stage import BareStage, Person

PAYMENTS = (
    "Payment by card fails at the checkout",
    "The payment fails since this morning",
    "My card payment fails every time",
    "Checkout: the payment fails again",
    "Payment fails with my card",
    "Card payment fails at the till",
    "The card payment fails twice",
)


async def lived(stage: BareStage, clock: StillClock, burst: Sequence[str] = PAYMENTS) -> Person:
    """Nine quiet weeks, then many people with the same problem; returns a moderator."""
    for week in range(9):
        await Person(stage, "ines").says(f"/problem the number {week} tap drips")
        clock.forward(days=7)
    for number, words in enumerate(burst):
        person = Person(stage, f"member {number}")
        await person.says(f"/problem {words}")
        if "Send" in person.hears():
            await person.presses("Send")
    return Person(stage, "omar", Role.MODERATOR)


async def test_the_first_sentence_names_it_and_says_that_nobody_is_on_it(stage: BareStage, clock: StillClock) -> None:
    omar = await lived(stage, clock)
    await omar.says("/digest")
    first = omar.hears("payment").splitlines()[2]
    assert first.startswith("7 people on “")
    assert "payment" in first.lower()
    assert first.endswith("since 6 May. Nobody is on it. Nobody the week before.")


async def test_the_team_that_takes_care_of_it_is_named(stage: BareStage, clock: StillClock) -> None:
    omar = await lived(stage, clock)
    await omar.says("/assign 10 Checkout desk")
    await omar.says("/digest")
    omar.hears("Checkout desk is on it.")


async def test_one_person_who_says_it_often_is_no_theme_and_no_signal(stage: BareStage, clock: StillClock) -> None:
    omar = await lived(stage, clock, ())
    ines = Person(stage, "ines")
    for words in PAYMENTS:
        await ines.says(f"/problem {words}")
        if "Send" in ines.hears():
            await ines.presses("Send")
    await omar.says("/digest")
    assert "payment" not in omar.hears("A calm week.").splitlines()[2].lower()


async def test_its_details_say_how_it_is_counted(stage: BareStage, clock: StillClock) -> None:
    omar = await lived(stage, clock)
    await omar.says("/digest")
    await omar.presses("Details")
    omar.hears("No area yet · 7 people", "How it is counted", "usually 0 to 4 people", "± 3 × √mean")


async def test_that_only_some_messages_were_read_is_said(
    stage: BareStage, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    omar = await lived(stage, clock)
    monkeypatch.setattr("bot.themes.survey.MOST", 6)
    await omar.says("/digest")
    omar.hears("What people talk about", "Found in 6 of 7 messages, drawn by chance.")


async def test_a_muted_theme_stays_out_of_it(stage: BareStage, clock: StillClock) -> None:
    omar = await lived(stage, clock)
    await omar.says("/digest")
    omar.hears("1. Card payment fails")
    await omar.says("/themes")
    await omar.presses("1. Read")
    await omar.presses("Mute")
    await omar.says("/digest")
    heard = omar.hears("Your week")
    assert not [theme for theme in ("“Card payment fails”", "1. Card payment fails") if theme in heard]
