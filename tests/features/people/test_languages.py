"""French and English: whatever the platform says, whatever is chosen; people are told in their own."""

import pytest

from tests.stage import Person, Stage


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
    # The french names are the ones french help shows.
    await ines.says("/aide")
    ines.hears("/suggerer", "/probleme", "/bravo", "/question", "/mesretours", "/statut", "/effacermesdonnees")
    # An unknown command is answered with the near french one.
    await ines.says("/sugerer Un mode sombre")
    ines.hears("/suggerer")
    # The language may follow the platform again.
    await ines.says("/langue en")
    await ines.says("/langue auto")
    await ines.says("/suggerer Un mode sombre")
    ines.hears("Bien reçu")


async def test_people_are_told_in_the_language_they_wrote_in_or_chose(
    ines: Person, alex: Person, camille: Person
) -> None:
    await ines.says("/probleme")
    await ines.fills(text="Ma paie arrive toujours trop tard dans le mois", audience="everyone", name="nameless")
    await ines.presses("Envoyer")
    await alex.says("/queue 1000 done")
    await ines.stage.deliver()
    ines.hears("#1000", "résolu")
    # A ready made reason reaches each in their own language.
    await ines.says("/suggerer Un mode sombre")
    await alex.says("/queue 1 not_planned")
    await alex.presses("Not ours to decide.")
    await ines.stage.deliver()
    assert "Not ours to decide." not in ines.hears("#1")
    # A language that is chosen lasts.
    await camille.says("/language fr")
    await camille.says("/suggest A dark theme")
    camille.hears("Bien reçu")
