"""The outcome comes to everyone concerned, once each, in their own language."""

import pytest

from tests.stage import Person


@pytest.mark.on("telegram")
async def test_author_and_supporter_are_told_once(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/status 1")
    await noor.presses("Support")
    noor.hears("Noted: you support #1 (1 supporter). The outcome will come to you.")
    await alex.says("/queue 1 planned")
    alex.hears("2 people will be told.")
    await camille.stage.deliver()
    camille.hears("#1 is now planned.", "> Sunday opening")
    noor.hears("#1 is now planned.")
    await camille.stage.deliver()
    for person in (camille, noor):
        assert sum("is now planned" in text for text in person.stage.heard(person)) == 1
    # The author of what has no name is told, too.
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await alex.says("/queue 1000 done")
    alex.hears("1 person will be told.")
    await noor.stage.deliver()
    noor.hears("#1000 is now resolved.", "> I am paid late")
