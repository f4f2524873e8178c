"""A restart loses no conversation: questions asked, drafts, buttons and debts are still there."""

from tests.stage import Person, Stage


async def test_a_decision_made_before_is_told_after(stage: Stage, camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 done")
    await stage.restart()
    await stage.deliver()
    camille.hears("#1 is now done.")


async def test_a_nameless_author_is_told_after(stage: Stage, noor: Person, alex: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await stage.restart()
    await alex.says("/queue 1000 done")
    await stage.deliver()
    noor.hears("#1000 is now resolved.")


async def test_a_half_made_decision_is_finished_after(stage: Stage, camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 not_planned")
    await stage.restart()
    await alex.says("No volunteers to work it.")
    alex.hears("#1 is now not planned.")
