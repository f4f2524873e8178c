"""French and English: whatever the platform says, whatever is chosen; people are told in their own."""

import pytest

from tests.stage import Person, Stage

SAID = (
    "/mesretours",
    "/tendances",
    "/aide",
    "/confidentialite",
    "/effacermesdonnees",
    "/statut 404",
    "/sugerer x",
    "/atraiter",
    "/question x",
)


@pytest.fixture
def ines(stage: Stage) -> Person:
    """A French member."""
    return Person(stage, "noor", language="fr")


async def test_nothing_said_to_a_french_person_is_english(ines: Person) -> None:
    typed = (
        "/mesretours /tendances /aide /confidentialite /statut?404 /sugerer?x /atraiter /question?x /effacermesdonnees"
    )
    for one in typed.split():
        await ines.says(one.replace("?", " "))
        heard = f" {ines.stage.heard(ines)[-1].casefold()} "
        for word in (" the ", " you ", " not ", " what ", " is ", " yours "):
            assert word not in heard, heard


async def test_the_french_names_are_the_ones_french_help_shows(ines: Person) -> None:
    await ines.says("/aide")
    ines.hears("/suggerer", "/probleme", "/bravo", "/question", "/mesretours", "/statut", "/effacermesdonnees")


async def test_an_unknown_command_is_answered_with_the_near_french_one(ines: Person) -> None:
    await ines.says("/sugerer Un mode sombre")
    ines.hears("/suggerer")


async def test_choosing_a_language_lasts(camille: Person) -> None:
    await camille.says("/language fr")
    await camille.says("/suggest A dark theme")
    camille.hears("Bien reçu")


async def test_a_nameless_author_is_told_in_the_language_they_wrote_in(ines: Person, alex: Person) -> None:
    await ines.says("/probleme")
    await ines.fills(text="Ma paie arrive toujours trop tard dans le mois", audience="everyone", name="nameless")
    await ines.presses("Envoyer")
    await alex.says("/queue 1000 done")
    await ines.stage.deliver()
    ines.hears("#1000", "résolu")


async def test_a_ready_made_reason_reaches_each_in_their_own_language(ines: Person, alex: Person) -> None:
    await ines.says("/suggerer Un mode sombre")
    await alex.says("/queue 1 not_planned")
    await alex.presses("Not ours to decide.")
    await ines.stage.deliver()
    assert "Not ours to decide." not in ines.hears("#1")


async def test_the_language_may_follow_the_platform_again(ines: Person) -> None:
    await ines.says("/langue en")
    await ines.says("/langue auto")
    await ines.says("/suggerer Un mode sombre")
    ines.hears("Bien reçu")
