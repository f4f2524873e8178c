"""Words that wait for a moderator are not read out to those who support the old ones."""

import pytest

from tests.clock import StillClock
from tests.features.moderation.test_holding import EVERYONE
from tests.stage import BareStage, Person


@pytest.mark.parametrize("hold", [EVERYONE])
async def test_supporters_hear_of_an_edit_that_waits_without_its_words(
    stage: BareStage, camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest Open on Sundays")
    await alex.says("/queue")
    await alex.presses("Publish")
    await noor.says("/support 1")
    await camille.says("/edit 1 My manager is a thief")
    await stage.deliver()
    heard = noor.hears("They are no longer shown to everyone. If they are again, they come here.", "[Leave]")
    assert "Keep" not in heard
    noor.never_heard("thief")
    await alex.says("/publish 1")
    await stage.deliver()
    noor.hears("You supported #1, and its words have changed since.", "> My manager is a thief", "[Keep my support]")


@pytest.mark.parametrize("hidden", ["/remove 1 It names a person.", "/visibility 1 team"])
async def test_words_changed_out_of_view_are_told_once_they_are_in_view(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock, hidden: str
) -> None:
    await camille.says("/suggest Open on Sundays")
    await noor.says("/support 1")
    await noor.says("/follow 1")
    who = alex if "remove" in hidden else camille
    await who.says(hidden)
    clock.forward(minutes=1)
    await camille.says("/edit 1 Open at night")
    await stage.deliver()
    clock.forward(minutes=1)
    await who.says("/restore 1" if who is alex else "/visibility 1 everyone")
    await (camille.presses("Show to everyone") if who is camille else stage.deliver())
    await stage.deliver()
    noor.hears("You supported #1, and its words have changed since.", "> Open at night")
    await camille.says("/edit 1 Open in summer")
    await noor.presses("Keep my support")
    noor.hears("The words of #1 have changed since they were shown here:", "> Open in summer", "[Keep my support]")
    await noor.says("/status 1")
    noor.hears("supporters from before: 1 of 1")


async def test_what_was_in_view_with_its_new_words_is_not_told_again(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says("/suggest Open on Sundays")
    await noor.says("/support 1")
    await camille.says("/edit 1 Open at night")
    await stage.deliver()
    heard = len(stage.heard(noor))
    clock.forward(minutes=1)
    await alex.says("/remove 1 It names a person.")
    await alex.says("/restore 1")
    await stage.deliver()
    assert len(stage.heard(noor)) == heard
