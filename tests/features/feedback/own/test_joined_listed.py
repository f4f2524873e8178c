"""In the list of one's own feedback: what is joined to something else says to what, and leads there."""

import pytest

from tests.joins import joins
from tests.stage import BareStage, Person


async def test_it_says_what_it_is_joined_to_and_leads_there(camille: Person, noor: Person, alex: Person) -> None:
    await joins(camille, noor, alex)
    await noor.says("/mine")
    noor.hears("#2 Somewhere to sit by the bus · joined to #1 · ", "What yours is joined to", "#1 A bench at the stop")
    await noor.presses("#1 A bench at the stop")
    noor.hears("Suggestion #1", "> A bench at the stop")


async def test_where_it_leads_is_left_out_once_it_is_not_to_be_seen(
    camille: Person, noor: Person, alex: Person
) -> None:
    await joins(camille, noor, alex)
    await camille.says("/visibility 1 team")
    await noor.says("/mine")
    noor.hears("joined to #1")
    assert "A bench at the stop" not in noor.hears("")


async def test_what_is_joined_to_nothing_leads_nowhere(stage: BareStage, camille: Person) -> None:
    await camille.says("/suggest A bench at the stop")
    await camille.says("/mine")
    assert "What yours is joined to" not in camille.hears("#1 A bench at the stop · received · ")


@pytest.mark.parametrize("nameless", ["2"])
async def test_of_what_is_nameless_no_button_tells(
    stage: BareStage, camille: Person, noor: Person, alex: Person, nameless: str
) -> None:
    await camille.says("/suggest A bench at the stop")
    await noor.says("/suggest Somewhere to sit by the bus")
    await noor.says(f"/visibility {nameless} everyone nameless")
    await noor.presses("Take my name off")
    await alex.says("/jointo 2 1")
    await alex.presses("Join #2 to #1")
    await noor.says("/mine")
    assert "What yours is joined to" not in noor.hears("#2 Somewhere to sit by the bus · joined to #1 · ")
