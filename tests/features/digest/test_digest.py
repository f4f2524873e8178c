"""The digest: one on Monday with nothing configured; moderators may preview it or have it now."""

from tests.clock import StillClock
from tests.stage import Person, Stage


async def test_it_comes_once_however_often_the_clock_is_looked_at(stage: Stage, clock: StillClock) -> None:
    clock.forward(days=5)
    for _ in range(3):
        await stage.pass_time()
        await stage.deliver()
    assert len(stage.staff()) == 1
    assert "Nothing new, nothing waiting." in stage.staff()[0]


async def test_it_does_not_come_before_monday(stage: Stage, camille: Person, clock: StillClock) -> None:
    await camille.says("/suggest Sunday opening")
    clock.forward(days=4)
    await stage.pass_time()
    await stage.deliver()
    assert not stage.staff()


async def test_it_comes_once_though_the_bot_dies_before_delivery(stage: Stage, clock: StillClock) -> None:
    clock.forward(days=5)
    await stage.pass_time()
    await stage.restart()
    await stage.pass_time()
    await stage.deliver()
    assert len(stage.staff()) == 1


async def test_a_wrong_word_after_digest_does_not_pass_for_a_preview(alex: Person) -> None:
    await alex.says("/digest nwo")
    alex.hears("“nwo” is not one of: preview · now.")
