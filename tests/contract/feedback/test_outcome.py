"""The outcome comes to everyone concerned, once each, in their own language."""

from tests.stage import Person


async def test_the_author_is_told_where_it_stands(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 planned")
    await camille.stage.deliver()
    camille.hears("#1 is now planned.", "> Sunday opening")


async def test_nobody_is_told_twice(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 planned")
    await camille.stage.deliver()
    await camille.stage.deliver()
    assert sum("is now planned" in text for text in camille.stage.heard(camille)) == 1


async def test_a_supporter_is_told(camille: Person, noor: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/status 1")
    await noor.presses("Support")
    noor.hears("Noted: you support #1 (1 supporter). The outcome will come to you.")
    await alex.says("/queue 1 done")
    alex.hears("2 people will be told.")
    await camille.stage.deliver()
    noor.hears("#1 is now done.")


async def test_the_nameless_author_is_told_too(noor: Person, alex: Person) -> None:
    await noor.says("/problem")
    await noor.fills(text="I am paid late", audience="everyone", name="nameless")
    await noor.presses("Send")
    await alex.says("/queue 1000 done")
    alex.hears("1 person will be told.")
    await noor.stage.deliver()
    noor.hears("#1000 is now resolved.", "> I am paid late")
