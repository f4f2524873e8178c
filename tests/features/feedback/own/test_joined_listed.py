"""In the list of one's own feedback: what is joined to something else says to what, and leads there."""

from tests.joins import joins
from tests.stage import Person


async def test_it_says_what_it_is_joined_to_and_leads_there_while_it_is_to_be_seen(
    camille: Person, noor: Person, alex: Person
) -> None:
    await joins(camille, noor, alex)
    await noor.says("/mine")
    noor.hears("#2 Somewhere to sit by the bus · joined to #1 · ", "What yours is joined to", "#1 A bench at the stop")
    await noor.presses("#1 A bench at the stop")
    noor.hears("Suggestion #1", "> A bench at the stop")
    # Where it leads is left out once it is not to be seen.
    await camille.says("/visibility 1 team")
    await noor.says("/mine")
    noor.hears("joined to #1")
    assert "A bench at the stop" not in noor.hears("")


async def test_what_is_joined_to_nothing_leads_nowhere_and_of_what_is_nameless_no_button_tells(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest A bench at the stop")
    await camille.says("/mine")
    assert "What yours is joined to" not in camille.hears("#1 A bench at the stop · received · ")
    await noor.says("/suggest Somewhere to sit by the bus")
    await noor.says("/visibility 2 everyone nameless")
    await noor.presses("Take my name off")
    await alex.says("/jointo 2 1")
    await alex.presses("Join #2 to #1")
    await noor.says("/mine")
    assert "What yours is joined to" not in noor.hears("#2 Somewhere to sit by the bus · joined to #1 · ")
