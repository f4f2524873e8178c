"""Why items matter to their supporters stands on their cards, also on that of what they are joined to."""

from bot.features.cards.keeping import Keeper
from tests.clock import StillClock
from tests.features.cards.board import FakeBoard
from tests.stage import Person


async def test_the_sentences_at_what_is_joined_stand_on_the_card_too_until_they_are_erased(
    camille: Person, noor: Person, alex: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    async def card() -> str:
        clock.forward(seconds=6)
        await keeper.settle()
        return board.texts()[0]

    await camille.says("/suggest A bench at the stop")
    await camille.says("/suggest Somewhere to sit by the bus")
    await noor.says("/support 2")
    await noor.says("/why 2 My knees are old")
    await alex.says("/jointo 2 1")
    await alex.presses("Join #2 to #1")
    assert "Why it matters to 1 supporter:\n> My knees are old" in await card()
    await noor.says("/why 2 My knees are tired")
    assert "My knees are tired" in await card()
    await noor.says("/why 1 My back is worse")
    shown = await card()
    assert "Why it matters to 1 supporter:\n> My back is worse" in shown
    assert "knees" not in shown
    await alex.says("/status 1")
    await alex.presses("Take away sentence 1")
    assert "My knees are tired" in await card()
    await alex.says("/status 1")
    await alex.presses("Take away sentence 1")
    alex.hears("The sentence is gone from #2; the support stays.")
    assert "matters" not in await card()
    await noor.says("/why 2 My knees are tired")
    assert "My knees are tired" in await card()
    await noor.says("/forgetme")
    await noor.presses("Erase everything about me")
    assert "knees" not in await card()


async def test_sentences_at_what_is_for_the_team_only_are_not_shown_to_members(
    camille: Person, noor: Person, alex: Person
) -> None:
    await camille.says("/suggest A bench at the stop")
    await noor.says("/problem There is nowhere to sit")
    await alex.says("/support 2")
    await alex.says("/why 2 Somebody fell there")
    await alex.says("/jointo 2 1")
    await alex.presses("Join #2 to #1")
    await camille.says("/status 1")
    assert "fell" not in camille.hears("A bench at the stop")


async def test_a_sentence_said_of_other_words_stands_again_once_these_are_supported(
    camille: Person, noor: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    async def card() -> str:
        clock.forward(minutes=1)
        await keeper.settle()
        return board.texts()[0]

    await camille.says("/suggest Open on Sundays")
    await noor.says("/support 1")
    await noor.says("/why 1 I work all week")
    assert "I work all week" in await card()
    await camille.says("/edit 1 Closed on Sundays")
    await camille.stage.deliver()
    shown = await card()
    assert "supporters from before: 1 of 1" in shown
    assert "work" not in shown
    assert "matters" not in shown
    await noor.presses("Keep my support")
    noor.hears("#1 keeps your support (1 supporter). What you said of it stands beside it again.")
    shown = await card()
    assert "from before" not in shown
    assert "Why it matters to 1 supporter:\n> I work all week" in shown
