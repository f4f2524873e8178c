"""The digest: one on Monday with nothing configured; moderators may preview it or have it now."""

import pytest

from tests.clock import StillClock
from tests.stage import Person, Stage


@pytest.mark.everywhere
async def test_monday_brings_one_digest_to_the_staff_which_leads_to_the_decision(
    stage: Stage, camille: Person, clock: StillClock, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    clock.forward(days=4, hours=23)
    await stage.pass_time()
    await stage.deliver()
    assert len(stage.staff()) == 1
    assert "Your week · Plaza" in stage.staff()[0]
    assert "#1 Sunday opening" in stage.staff()[0]
    # It leads to the decision.
    await alex.presses("Decide")
    alex.hears("> Sunday opening #1", "[Planned]")
    await alex.presses("Done")
    await stage.deliver()
    camille.hears("#1 is now done.")


@pytest.mark.on("telegram")
async def test_a_preview_is_shown_to_the_moderator_alone_and_now_posts_it_to_the_staff(
    stage: Stage, camille: Person, alex: Person, noor: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/problem My manager shouts")
    await alex.says("/digest")
    alex.hears("Your week · Plaza", "Sunday opening")
    await stage.deliver()
    assert not stage.staff()
    await alex.says("/synthese now")
    alex.hears("The digest is on its way to the staff.")
    await stage.deliver()
    assert "Sunday opening" in stage.staff()[0]
    # What the team only may see never leaves the staff.
    assert "My manager" in stage.staff()[0]
    noor.never_heard("My manager")
