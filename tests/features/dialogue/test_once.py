"""The platform delivers the same event twice: the second time nothing happens and nothing is said."""

from tests.stage import BareStage, Person


async def test_a_redelivery_is_met_with_silence_also_after_a_restart(
    stage: BareStage, camille: Person, noor: Person, alex: Person
) -> None:
    for typed in ("/suggest Sunday opening", "/suggest", "/ask Where?", "/language en", "/privacy"):
        await camille.says(typed)
        assert await stage.again(camille) is None, typed
    await camille.says("/mine")
    assert camille.hears("Sunday opening").count("•") == 1
    # An answer delivered twice is filed once.
    await camille.says("/suggest")
    await camille.says("A bench")
    assert await stage.again(camille) is None
    await camille.says("/mine")
    assert camille.hears("A bench").count("• #") == 2
    # Support pressed once and delivered twice counts.
    await noor.says("/support 1")
    await stage.again(noor)
    await camille.says("/status 1")
    camille.hears("1 supporter")
    # A decision delivered twice is told once.
    await alex.says("/queue 1 done")
    await stage.again(alex)
    await stage.deliver()
    assert sum("is now done" in text for text in camille.stage.heard(camille)) == 1
    # A digest asked for once and delivered twice is posted once.
    await alex.says("/digest now")
    await stage.again(alex)
    await stage.deliver()
    assert len(stage.staff()) == 1
    # A redelivery after a restart is known too.
    await camille.says("/suggest Longer hours")
    await stage.restart()
    assert await stage.again(camille) is None
