"""An answer is taken out of the knowledge in the chat, and brought back."""

import pytest

from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")


async def test_a_moderator_takes_an_answer_out_and_brings_it_back(alex: Person, camille: Person) -> None:
    await alex.says("/unlearn frozen food")
    alex.hears("Which answer goes? It is shown first.")
    await alex.presses("Can I give frozen food?")
    alex.hears("Can I give frozen food?", "Yes, until noon.")
    await alex.presses("Take it out")
    alex.hears("Taken out: the bot no longer gives this answer.")
    await camille.says("Can I give frozen food?")
    assert "Yes, until noon." not in camille.hears()
    await alex.presses("Bring it back")
    alex.hears("Brought back: the bot gives this answer again.")
    await camille.says("Do you take frozen food?")
    camille.hears("Yes, until noon.")


async def test_words_that_fit_no_answer_are_told(alex: Person) -> None:
    await alex.says("/unlearn xyzzy")
    alex.hears("No answer of the knowledge fits these words.")


async def test_a_member_takes_nothing_out(camille: Person) -> None:
    await camille.says("/unlearn frozen food")
    camille.hears("This is for moderators.")
