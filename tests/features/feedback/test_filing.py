"""Suggest, report, praise: typed at once, asked for, or in a form; each ends in an honest receipt."""

import pytest

from storage.items import feedback
from storage.vocabulary import Action
from tests.stage import BareStage, Person

NAMES = {
    "/idea A dark theme": "suggestion",
    "/suggerer Ouvrir le dimanche": "suggestion",
    "/suggérer Davantage de bancs": "suggestion",
    "/SUGGEST Vegetarian meals": "suggestion",
    "/idee Planter des arbres": "suggestion",
    "/complain It is broken": "problem",
    "/probleme Le relais est fermé": "problem",
    "/réclamer Trop de bruit la nuit": "problem",
    "/bravo Merci à toute l'équipe": "praise",
    "/suggest@portevoix_bot A chess tournament": "suggestion",
    "/suggest\nInvoices by email": "suggestion",
}


async def test_praise_shows_the_name(camille: Person) -> None:
    await camille.says("/praise Called back in ten minutes!")
    camille.hears("Got it: praise #1.", "Everyone can see it, with your name.")


async def test_the_receipt_offers_to_change_words_and_who_sees_them(camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    camille.hears("[Edit] [Withdraw] [Team only] [Without my name]")


async def test_a_receipt_gives_no_date_the_team_did_not_give(camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    assert "by " not in camille.hears("Read by: Delivery team.").split("Read by: ")[1]


async def test_every_name_of_a_command_files(camille: Person) -> None:
    for number, (typed, filed) in enumerate(NAMES.items(), 1):
        await camille.says(typed)
        camille.hears(f"Got it: {filed} #{number}.")


async def test_withdrawing_twice_is_noted_once(stage: BareStage, camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    for _ in range(2):
        await camille.presses("Withdraw")
        camille.hears("#1 is withdrawn.")
    entries = await stage.core.store.read(lambda session: feedback.history(session, 1))
    assert [entry.action for entry in entries] == [Action.FILED, Action.STATUS]


async def test_choosing_twice_who_sees_it_is_noted_once(stage: BareStage, camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    for _ in range(2):
        await camille.says("/visibility 1 team")
        camille.hears("Only the team can see it, with your name.")
    entries = await stage.core.store.read(lambda session: feedback.history(session, 1))
    assert [entry.action for entry in entries] == [Action.FILED, Action.VISIBILITY]


async def test_numbers_follow_each_other_whoever_files(camille: Person, noor: Person) -> None:
    await camille.says("/suggest A dark theme")
    await noor.says("/problem The code never comes")
    noor.hears("#2")


async def test_the_bare_word_cancel_drops_the_question_too(camille: Person) -> None:
    await camille.says("/suggest")
    await camille.says("Cancel")
    camille.hears("Nothing was done.")


async def test_another_command_drops_the_question(camille: Person) -> None:
    await camille.says("/suggest")
    await camille.says("/problem The code never comes")
    await camille.says("Sunday opening")
    await camille.says("/mine")
    assert "Sunday opening" not in camille.hears("#1 The code never comes")


async def test_the_author_shows_it_to_the_team_only(camille: Person, noor: Person) -> None:
    await camille.says("/suggest A dark theme")
    await camille.presses("Team only")
    camille.hears("#1 is changed. Only the team can see it, with your name.")
    await noor.says("/status 1")
    noor.hears("There is no #1 that you can see here.")


async def test_the_author_shows_a_problem_to_everyone(camille: Person, noor: Person) -> None:
    await camille.says("/problem The lift is stuck")
    await camille.presses("Show to everyone")
    await noor.says("/status 1")
    noor.hears("There is no #1 that you can see here.")
    camille.hears("#1 would be shown like this:", "> The lift is stuck camille", "Everyone can see it, with your name.")
    await camille.presses("Show to everyone")
    await noor.says("/status 1")
    noor.hears("> The lift is stuck #1", "[Me too]")


@pytest.mark.parametrize("said", ["hello", "Bonjour !", "no", "ok"])
async def test_a_greeting_or_a_nod_is_not_filed_and_the_question_stays_open(camille: Person, said: str) -> None:
    await camille.says("/suggest")
    await camille.says(said)
    camille.hears("What would you suggest?")
    await camille.says(f"/problem {said}")
    camille.hears("What is the problem?")
    await camille.says("The lift is stuck")
    camille.hears("Got it: problem #1.")


async def test_thanks_are_praise(camille: Person) -> None:
    await camille.says("/praise Thank you so much!")
    camille.hears("Got it: praise #1.")
