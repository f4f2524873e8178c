"""French and English: whatever the platform says, whatever is chosen; people are told in their own."""

import pytest

from tests.stage import Person, Stage

pytestmark = pytest.mark.everywhere


@pytest.fixture
def ines(stage: Stage) -> Person:
    """A French member."""
    return Person(stage, "noor", language="fr")


async def test_receipts_forms_previews_and_outcomes_read_like_french(
    ines: Person, camille: Person, alex: Person
) -> None:
    await ines.says("/suggerer Un mode sombre")
    ines.hears("Bien reçu", "suggestion #1", "avec votre nom", "Delivery team", "/statut 1", "[Modifier] [Retirer]")
    await ines.says("/probleme")
    await ines.fills(text="Ma paie arrive tard", audience="everyone", name="nameless")
    ines.hears("Sans votre nom", "> Ma paie arrive tard", "[Envoyer] [Modifier] [Annuler]")
    await ines.presses("Envoyer")
    ines.hears("Bien reçu", "problème #1")
    # Each is told in their own language.
    await camille.says("/suggest Sunday opening")
    await ines.says("/soutenir 2")
    await alex.says("/queue 2 done")
    await camille.stage.deliver()
    camille.hears("#2 is now done.")
    ines.hears("#2", "fait")
