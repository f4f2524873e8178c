"""A restart loses no conversation: questions asked, drafts, buttons and debts are still there."""

from tests.stage import Person, Stage


async def test_what_was_decided_or_half_decided_before_is_told_and_finished_after(
    stage: Stage, camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/suggest A dark theme")
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await alex.says("/queue 1 done")
    await alex.says("/queue 2 not_planned")
    await stage.restart()
    await stage.deliver()
    camille.hears("#1 is now done.")
    await alex.says("No volunteers to work it.")
    alex.hears("#2 is now not planned.")
    # A nameless author is told, too.
    await alex.says("/queue 1000 done")
    await stage.deliver()
    noor.hears("#1000 is now resolved.")
