"""A restart loses no conversation: questions asked, drafts, buttons and debts are still there."""

import pytest

from tests.stage import Person, Stage

pytestmark = pytest.mark.everywhere


@pytest.mark.unseen
async def test_questions_buttons_drafts_and_forms_shown_before_work_after(
    stage: Stage, camille: Person, noor: Person
) -> None:
    await camille.says("/suggest")
    await noor.says("/suggest Longer hours")
    await stage.restart()
    await camille.says("Sunday opening")
    camille.hears("Got it: suggestion #2.")
    await noor.presses("Withdraw")
    noor.hears("#1 is withdrawn.")
    # Drafts and forms, too.
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await camille.says("/suggest")
    await stage.restart()
    await noor.presses("Send")
    noor.hears("Got it: problem #1000.")
    await camille.fills(text="A dark theme", audience="team")
    camille.hears("Got it: suggestion #3.", "Only the team can see it")
