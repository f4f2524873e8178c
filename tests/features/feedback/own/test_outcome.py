"""The outcome comes to everyone concerned, once each, in their own language."""

from tests.stage import Person


async def test_each_change_is_told(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 planned")
    await alex.says("/queue 1 done")
    await camille.stage.deliver()
    camille.hears("#1 is now done.")
    assert sum("#1 is now" in text for text in camille.stage.heard(camille)) == 2


async def test_a_follower_is_told(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/status 1")
    await noor.presses("Follow")
    noor.hears("You will hear what becomes of #1.")
    await alex.says("/queue 1 done")
    await camille.stage.deliver()
    noor.hears("#1 is now done.")


async def test_who_supports_and_follows_is_told_once(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/support 1")
    await noor.says("/follow 1")
    await alex.says("/queue 1 done")
    await camille.stage.deliver()
    assert sum("is now done" in text for text in noor.stage.heard(noor)) == 1


async def test_support_taken_back_is_told_nothing(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/support 1")
    await noor.says("/support 1")
    noor.hears("Your support of #1 is taken back (0 supporters).")
    await noor.says("/follow 1")
    await noor.says("/follow 1")
    noor.hears("You no longer follow #1.")
    await alex.says("/queue 1 done")
    await camille.stage.deliver()
    noor.never_heard("is now done")


async def test_nobody_supports_their_own(camille: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await camille.says("/support 1")
    camille.hears("#1 is yours: it counts already.")


async def test_an_outcome_already_there_is_not_announced_for_later(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 done")
    await noor.says("/support 1")
    assert "will come" not in noor.stage.heard(noor)[-1]


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


async def test_status_shows_the_reason_given(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 not_planned No volunteers to work it.")
    await noor.says("/status 1")
    noor.hears("Status: not planned", "The team's word of 4 March:", "> No volunteers to work it.")
