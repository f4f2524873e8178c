"""Wordings with which several people found an answer that helped are proposed to the team."""

import pytest

from tests import meaning
from tests.clock import StillClock
from tests.stage import Person

WORDS = "do you also take food that is frozen solid"


@pytest.fixture(autouse=True)
def by_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    meaning.use(monkeypatch)


async def helped(person: Person) -> None:
    await person.says(f"/ask {WORDS}")
    if "Yes, until noon." not in person.stage.heard(person)[-1]:
        await person.presses("Can I give frozen food?")
    await person.presses("This helped")


@pytest.mark.usefixtures("taught")
class TestProposals:
    async def test_what_helped_two_is_proposed_and_added(
        self, camille: Person, noor: Person, alex: Person, clock: StillClock
    ) -> None:
        # What helped one is not.
        await helped(camille)
        clock.forward(minutes=1)
        await alex.says("/unanswered")
        assert "Wordings" not in alex.hears("No question waits for an answer.")
        await helped(noor)
        clock.forward(minutes=1)
        await alex.says("/unanswered")
        alex.hears("No question waits for an answer.", "Wordings that found an answer", f"• {WORDS} · 2 people")
        await alex.presses("Add to the answer")
        alex.hears("How should the question read, without anything personal?")
        await alex.presses("As it is")
        alex.hears("Kept. The answer is found with these words, too, from now on.")
        await alex.says("/unanswered")
        assert "Wordings" not in alex.hears("No question waits for an answer.")
        await noor.says(WORDS)
        noor.hears("Yes, until noon.")
