"""Words that wait for a moderator are not read out to those who support the old ones."""

import pytest

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
    noor.hears("You supported #1, and its words have changed since. They are no longer shown to everyone.", "[Leave]")
    noor.never_heard("thief")
