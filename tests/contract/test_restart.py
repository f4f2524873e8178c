"""A restart loses no conversation: questions asked, drafts, buttons and debts are still there."""

import pytest

from tests.stage import Person, Stage

pytestmark = [pytest.mark.everywhere, pytest.mark.unseen]


async def test_a_question_asked_before_is_answered_after(stage: Stage, camille: Person) -> None:
    await camille.says("/suggest")
    await stage.restart()
    await camille.says("Sunday opening")
    camille.hears("Got it: suggestion #1.")


async def test_a_form_shown_before_is_sent_after(stage: Stage, camille: Person) -> None:
    await camille.says("/suggest")
    await stage.restart()
    await camille.fills(text="Sunday opening", audience="team")
    camille.hears("Got it: suggestion #1.", "Only the team can see it")


async def test_a_button_shown_before_works_after(stage: Stage, camille: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await stage.restart()
    await camille.presses("Withdraw")
    camille.hears("#1 is withdrawn.")


async def test_a_draft_waits_for_its_author(stage: Stage, noor: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await stage.restart()
    await noor.presses("Send")
    noor.hears("Got it: problem #1000.")
