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


async def test_mine_is_kind_when_there_is_nothing(camille: Person) -> None:
    await camille.says("/mine")
    camille.hears("Nothing of yours yet. /suggest, /problem and /praise reach the team.")


async def test_mine_lists_the_newest_first_with_their_status(camille: Person, noor: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/suggest Not hers")
    await camille.says("/problem The code never comes")
    await camille.says("/mine")
    heard = camille.hears(
        "#3 The code never comes · received · the team only, with my name [#3]\n"
        "• #1 Sunday opening · received · everyone, with my name"
    )
    assert "Not hers" not in heard


async def test_top_with_nothing_open_says_how_to_start(camille: Person) -> None:
    await camille.says("/top")
    camille.hears("Nothing open for everyone to see yet. /suggest starts something.")


async def test_top_never_names_anyone(camille: Person, noor: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/support 1")
    await noor.says("/top")
    heard = noor.hears("1 supporter").casefold()
    assert "camille" not in heard
    assert "noor" not in heard


async def test_help_shows_a_moderator_more(alex: Person) -> None:
    await alex.says("/help")
    alex.hears("/suggest: ", "/queue: ", "/unanswered: ", "/digest: ")


async def test_help_about_a_command_gives_its_names(camille: Person) -> None:
    for about in ("suggest", "/suggest", "Suggérer"):
        await camille.says(f"/help {about}")
        camille.hears("/suggest: Suggest an improvement to the team.", "Names: /suggest, /suggerer, ")


async def test_help_about_a_button_explains_no_button(camille: Person) -> None:
    await camille.says("/help none_of_these")
    camille.hears("What you can do here")


async def test_a_language_is_chosen_by_its_name_in_either(camille: Person) -> None:
    for number, typed in enumerate(("/language fr", "/langue français", "/langue Francais")):
        await camille.says(typed)
        await camille.says(f"/suggest {WISHES[2 * number]}")
        camille.hears("Bien reçu")
        await camille.says("/langue English")
        await camille.says(f"/suggest {WISHES[2 * number + 1]}")
        camille.hears("Got it")


async def test_a_language_is_chosen_by_the_name_others_give_it(camille: Person) -> None:
    for wish, typed, receipt in (
        (WISHES[0], "/language french", "Bien reçu"),
        (WISHES[1], "/langue anglais", "Got it"),
    ):
        await camille.says(typed)
        await camille.says(f"/suggest {wish}")
        camille.hears(receipt)


async def test_every_french_name_finds_its_command(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    for english, french in PAIRS.items():
        await alex.says(english)
        heard = alex.hears("")
        await alex.says(french)
        assert alex.hears("") == heard, french


async def test_a_language_the_bot_does_not_speak_is_said_kindly(camille: Person) -> None:
    await camille.says("/language klingon")
    camille.hears("“klingon” is not one of: ", "English", "as on the platform")


async def test_cancelling_an_erasure_says_that_nothing_was_erased(camille: Person) -> None:
    await camille.says("/forgetme")
    await camille.presses("Cancel")
    assert "sent" not in camille.stage.heard(camille)[-1]


async def test_privacy_leads_to_erasure(camille: Person) -> None:
    await camille.says("/privacy")
    await camille.presses("Erase what is kept about me")
    camille.hears("It cannot be undone.")
