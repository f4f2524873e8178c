"""Suggest, report, praise: typed at once, asked for, or in a form; each ends in an honest receipt."""

from storage.items import feedback
from storage.vocabulary import Action
from tests.stage import BareStage, Person
from tests.words import WISHES

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


async def test_the_receipt_offers_to_change_who_sees_the_words_and_says_so(camille: Person, noor: Person) -> None:
    await camille.says("/suggest A dark theme")
    camille.hears("[Edit] [Withdraw] [Team only] [Without my name]")
    # It gives no date the team did not give.
    assert "by " not in camille.hears("Read by: Delivery team.").split("Read by: ")[1]
    # The author shows it to the team only.
    await camille.presses("Team only")
    camille.hears("#1 is changed. Only the team can see it, with your name.")
    await noor.says("/status 1")
    noor.hears("There is no #1 that you can see here.")
    # The author shows a problem to everyone.
    await camille.says("/problem The lift is stuck")
    await camille.presses("Show to everyone")
    await noor.says("/status 2")
    noor.hears("There is no #2 that you can see here.")
    camille.hears("#2 would be shown like this:", "> The lift is stuck camille", "Everyone can see it, with your name.")
    await camille.presses("Show to everyone")
    await noor.says("/status 2")
    noor.hears("> The lift is stuck #2", "[Me too]")


async def test_every_name_of_a_command_files(camille: Person, noor: Person) -> None:
    for number, (typed, filed) in enumerate(NAMES.items(), 1):
        await camille.says(typed)
        camille.hears(f"Got it: {filed} #{number}.")
    # Praise shows the name.
    await camille.says("/praise Called back in ten minutes!")
    camille.hears("Got it: praise #12.", "Everyone can see it, with your name.")
    # Thanks are praise.
    await camille.says("/praise Thank you so much!")
    camille.hears("Got it: praise #13.")
    # Numbers follow each other whoever files.
    await noor.says("/problem The code never comes")
    noor.hears("#14")


async def test_what_is_done_twice_is_noted_once(stage: BareStage, camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    for _ in range(2):
        await camille.says("/visibility 1 team")
        camille.hears("Only the team can see it, with your name.")
    entries = await stage.core.store.read(lambda session: feedback.history(session, 1))
    assert [entry.action for entry in entries] == [Action.FILED, Action.VISIBILITY]
    for _ in range(2):
        await camille.presses("Withdraw")
        camille.hears("#1 is withdrawn.")
    entries = await stage.core.store.read(lambda session: feedback.history(session, 1))
    assert [entry.action for entry in entries][1:] == [Action.VISIBILITY, Action.STATUS]


async def test_another_command_or_cancel_drops_the_question_and_a_nod_does_not(camille: Person) -> None:
    # A greeting or a nod does not.
    for number, said in enumerate(("hello", "Bonjour !", "no", "ok"), 1):
        await camille.says("/suggest")
        await camille.says(said)
        camille.hears("What would you suggest?")
        await camille.says(f"/problem {said}")
        camille.hears("What is the problem?")
        await camille.says(WISHES[number])
        camille.hears(f"Got it: problem #{number}.")
    # The bare word cancel drops the question too.
    await camille.says("/suggest")
    await camille.says("Cancel")
    camille.hears("Nothing was done.")
    # Another command drops the question.
    await camille.says("/suggest")
    await camille.says("/problem The code never comes")
    await camille.says("Sunday opening")
    await camille.says("/mine")
    assert "Sunday opening" not in camille.hears("#5 The code never comes")
