"""What a person may look up: their own, one item, what moves, help, language, privacy."""

from tests.stage import Person
from tests.words import WISHES

PAIRS = {
    "/mine": "/mesretours",
    "/status 1": "/statut 1",
    "/top": "/tendances",
    "/help": "/aide",
    "/privacy": "/confidentialité",
    "/forgetme": "/effacermesdonnees",
    "/language klingon": "/langue klingon",
    "/queue": "/atraiter",
    "/unanswered": "/sansreponse",
    "/digest preview": "/synthese apercu",
}


async def test_mine_is_kind_when_there_is_nothing_and_lists_the_newest_first_with_their_status(
    camille: Person, noor: Person
) -> None:
    await camille.says("/mine")
    camille.hears("Nothing of yours yet. /suggest, /problem and /praise reach the team.")
    await camille.says("/top")
    camille.hears("Nothing open for everyone to see yet. /suggest starts something.")
    # Mine lists the newest first with their status.
    await camille.says("/suggest Sunday opening")
    await noor.says("/suggest Not hers")
    await camille.says("/problem The code never comes")
    await camille.says("/mine")
    heard = camille.hears(
        "#3 The code never comes · received · the team only, with my name [#3]\n"
        "• #1 Sunday opening · received · everyone, with my name"
    )
    assert "Not hers" not in heard
    # Top never names anyone.
    await noor.says("/support 1")
    await noor.says("/top")
    heard = noor.hears("1 supporter").casefold()
    assert "camille" not in heard
    assert "noor" not in heard


async def test_help_shows_a_moderator_more_and_about_a_command_gives_its_names(alex: Person, camille: Person) -> None:
    await alex.says("/help")
    alex.hears("/suggest: ", "/queue: ", "/unanswered: ", "/digest: ")
    for about in ("suggest", "/suggest", "Suggérer"):
        await camille.says(f"/help {about}")
        camille.hears("/suggest: Suggest an improvement to the team.", "Names: /suggest, /suggerer, ")
    # Help about a button explains no button.
    await camille.says("/help none_of_these")
    camille.hears("What you can do here")


async def test_every_french_name_finds_its_command(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    for english, french in PAIRS.items():
        await alex.says(english)
        heard = alex.hears("")
        await alex.says(french)
        assert alex.hears("") == heard, french


async def test_a_language_is_chosen_by_its_name_in_either_and_by_the_name_others_give_it(camille: Person) -> None:
    await camille.says("/language klingon")
    camille.hears("“klingon” is not one of: ", "English", "as on the platform")
    for number, typed in enumerate(("/language fr", "/langue français", "/langue Francais")):
        await camille.says(typed)
        await camille.says(f"/suggest {WISHES[2 * number]}")
        camille.hears("Bien reçu")
        await camille.says("/langue English")
        await camille.says(f"/suggest {WISHES[2 * number + 1]}")
        camille.hears("Got it")
    # A language is chosen by the name others give it.
    for wish, typed, receipt in (
        (WISHES[6], "/language french", "Bien reçu"),
        (WISHES[7], "/langue anglais", "Got it"),
    ):
        await camille.says(typed)
        await camille.says(f"/suggest {wish}")
        camille.hears(receipt)


async def test_privacy_leads_to_erasure_and_cancelling_it_says_that_nothing_was_erased(camille: Person) -> None:
    await camille.says("/privacy")
    await camille.presses("Erase what is kept about me")
    camille.hears("It cannot be undone.")
    await camille.says("/forgetme")
    await camille.presses("Cancel")
    assert "sent" not in camille.stage.heard(camille)[-1]
