"""A card stands where everybody reads it: who presses is answered beside it, in a sentence, and it stays as it is."""

import pytest

from tests.cards import show_card
from tests.contract.conftest import Theatre
from tests.stage import Person, Stage


@pytest.fixture
def beside(theatre: Theatre) -> bool:
    """Whether what is said to the presser alone is shown beside the card, and can have buttons."""
    return theatre.platform != "telegram"


@pytest.mark.unseen
@pytest.mark.everywhere
async def test_support_and_following_are_answered_in_one_sentence(
    stage: Stage, camille: Person, noor: Person, beside: bool
) -> None:
    await camille.says("/suggest Sunday opening")
    await show_card(stage)
    await noor.presses("Support")
    heard = noor.hears("Noted: you support #1 (1 supporter). The outcome will come to you.")
    assert "Sunday opening" not in heard
    assert ("[Take support back]" in heard) == beside
    await noor.presses("Support")
    noor.hears("You support #1 already (1 supporter).", *([] if beside else ["/status 1 takes it back."]))
    mia = Person(stage, "mia")
    await mia.presses("Follow")
    heard = mia.hears("You will hear what becomes of #1.")
    assert "Sunday opening" not in heard
    assert ("[Stop following]" in heard) == beside
    if not beside:
        await noor.says("/status 1")
    await noor.presses("Take support back")
    noor.hears("Your support of #1 is taken back (0 supporters).")


async def test_under_words_that_changed_by_its_author_or_once_it_is_withdrawn_nothing_is_supported(
    stage: Stage, camille: Person, noor: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await show_card(stage)
    await camille.presses("Support")
    assert "Edit" not in camille.hears("#1 is yours: it counts already.")
    await camille.says("/status 1")
    await camille.presses("Edit")
    await camille.fills(text="Monday opening")
    await noor.presses("Support")
    assert "Monday" not in noor.hears("The words of #1 have just changed: read them once more.")
    await noor.says("/status 1")
    noor.hears("0 supporters")
    # Nor what is withdrawn meanwhile.
    await camille.presses("Withdraw")
    await noor.presses("Support")
    noor.hears("There is no #1 that you can see here.")
