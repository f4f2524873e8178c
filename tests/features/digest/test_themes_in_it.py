"""The digest names the thing: its first sentence says what people speak of, how many they are, and who is on it."""

import pytest

from tests.features.digest.conftest import PAYMENTS, send
from tests.stage import BareStage, Person


async def test_the_first_sentence_names_it_and_says_that_nobody_is_on_it_and_the_details_how_it_is_counted(
    lived: Person,
) -> None:
    await lived.says("/digest")
    first = lived.hears("payment").splitlines()[2]
    assert first.startswith("7 people on “")
    assert "payment" in first.lower()
    assert first.endswith("since 6 May. Nobody is on it. Nobody the week before.")
    await lived.presses("Details")
    lived.hears("No area yet · 7 people", "How it is counted", "usually 0 to 4 people", "± 3 × √mean")


async def test_the_team_that_takes_care_of_it_is_named_and_muted_it_stays_out(lived: Person) -> None:
    await lived.says("/assign 10 Checkout desk")
    await lived.says("/digest")
    lived.hears("Checkout desk is on it.", "1. Card payment fails")
    await lived.says("/themes")
    await lived.presses("1. Read")
    await lived.presses("Mute")
    await lived.says("/digest")
    heard = lived.hears("Your week")
    assert not [theme for theme in ("“Card payment fails”", "1. Card payment fails") if theme in heard]


async def test_one_person_who_says_it_often_is_no_theme_and_no_signal(stage: BareStage, calm: Person) -> None:
    for words in PAYMENTS:
        await send(Person(stage, "ines"), words)
    await calm.says("/digest")
    assert "payment" not in calm.hears("A calm week.").splitlines()[2].lower()


async def test_that_only_some_messages_were_read_is_said(lived: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.themes.survey.MOST", 6)
    await lived.says("/digest")
    lived.hears("What people talk about", "Found in 6 of 7 messages, drawn by chance.")
