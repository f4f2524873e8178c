"""The platform delivers the same event twice: the second time nothing happens and nothing is said."""

from tests.stage import BareStage, Person


async def test_a_redelivery_is_met_with_silence(stage: BareStage, camille: Person) -> None:
    for typed in ("/suggest Sunday opening", "/suggest", "/ask Where?", "/language en", "/privacy"):
        await camille.says(typed)
        assert await stage.again(camille) is None, typed
    await camille.says("/mine")
    assert camille.hears("Sunday opening").count("•") == 1


async def test_an_answer_delivered_twice_is_filed_once(stage: BareStage, camille: Person) -> None:
    await camille.says("/suggest")
    await camille.says("Sunday opening")
    assert await stage.again(camille) is None
    await camille.says("/mine")
    assert camille.hears("Sunday opening").count("•") == 1


async def test_support_pressed_once_and_delivered_twice_counts(stage: BareStage, camille: Person, noor: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await noor.says("/support 1")
    await stage.again(noor)
    await camille.says("/status 1")
    camille.hears("1 supporter")


async def test_a_decision_delivered_twice_is_told_once(stage: BareStage, camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue 1 done")
    await stage.again(alex)
    await stage.deliver()
    assert sum("is now done" in text for text in camille.stage.heard(camille)) == 1


async def test_a_redelivery_after_a_restart_is_known_too(stage: BareStage, camille: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await stage.restart()
    assert await stage.again(camille) is None


async def test_a_digest_asked_for_once_and_delivered_twice_is_posted_once(stage: BareStage, alex: Person) -> None:
    await alex.says("/digest now")
    await stage.again(alex)
    await stage.deliver()
    assert len(stage.staff()) == 1
