"""The outcome comes to everyone concerned, once each, in their own language."""

from tests.stage import BareStage, Person


async def test_each_change_is_told_once_to_everyone_concerned(
    stage: BareStage, camille: Person, noor: Person, alex: Person
) -> None:
    rosa, luc = Person(stage, "rosa"), Person(stage, "luc")
    await camille.says("/suggest Sunday opening")
    await camille.says("/support 1")
    camille.hears("#1 is yours: it counts already.")
    await rosa.says("/status 1")
    await rosa.presses("Follow")
    rosa.hears("You will hear what becomes of #1.")
    await noor.says("/support 1")
    await noor.says("/follow 1")
    # Support taken back is told nothing.
    for _ in range(2):
        await luc.says("/support 1")
    luc.hears("Your support of #1 is taken back (1 supporter).")
    for _ in range(2):
        await luc.says("/follow 1")
    luc.hears("You no longer follow #1.")
    await alex.says("/queue 1 planned")
    await alex.says("/queue 1 done")
    await stage.deliver()
    for person in (camille, rosa, noor):
        person.hears("#1 is now done.")
        assert [
            sum(f"#1 is now {status}" in text for text in stage.heard(person)) for status in ("planned", "done")
        ] == [1, 1]
    luc.never_heard("#1 is now")
    # An outcome already there is not announced for later.
    await luc.says("/support 1")
    assert "will come" not in luc.hears()


async def test_what_became_team_only_is_not_read_out_to_its_supporters(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/support 1")
    await camille.says("/visibility 1 team")
    await camille.says("/edit 1 My manager refuses Sundays")
    await alex.says("/queue 1 done")
    await camille.stage.deliver()
    noor.never_heard("My manager")
    # Status shows the reason given.
    await camille.says("/suggest A dark theme")
    await alex.says("/queue 2 not_planned No volunteers to work it.")
    await noor.says("/status 2")
    noor.hears("Status: not planned", "The team's word of 4 March:", "> No volunteers to work it.")
