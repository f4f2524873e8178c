"""A place that refuses, deletes or does not answer: it is reported once, and heals by itself."""

from structlog.testing import capture_logs

from bot.features.cards.keeping import Keeper
from bot.ports.adapter import Offline, TryLater, Uncertain, Unfit, Unreachable
from tests.clock import StillClock
from tests.features.cards.board import FakeBoard
from tests.stage import BareStage, Person
from tests.words import WISHES


async def test_a_place_that_is_closed_is_reported_once_and_heals(
    camille: Person, stage: BareStage, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    board.refusal = Unreachable("the bot may not write there: give it Send Messages")
    with capture_logs() as logs:
        for words in ("Benches by the river", "Sunday opening", "A dark theme"):
            await camille.says(f"/suggest {words}")
            await keeper.settle()
            clock.forward(seconds=11)
    await stage.deliver()

    told = [text for text in stage.staff() if "cannot be shown" in text]
    assert len(told) == 1
    assert "give it Send Messages" in told[0]
    assert [line["trouble"] for line in logs if line["event"] == "cards"] == [str(board.refusal)]
    assert len(board.calls) < 4, "each card of a closed place was tried"

    board.refusal = None
    clock.forward(minutes=15)
    await keeper.settle()
    await stage.deliver()
    assert len(board.texts()) == 3
    assert "shown in their place on Bare again" in stage.staff()[-1]


async def test_a_card_that_has_to_be_another_message_or_was_deleted_is_posted_again_at_the_next_change(
    camille: Person, noor: Person, alex: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    async def changes(person: Person, supporters: str) -> int:
        """Support it, while its card is gone; how often the staff was told that it was deleted."""
        board.stands["ideas"].clear()
        await person.says("/support 1")
        clock.forward(seconds=6)
        await keeper.settle()
        await person.stage.deliver()
        (card,) = board.texts()
        assert supporters in card
        return sum("The card of #1 was deleted" in text for text in person.stage.staff())

    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    deleted, board.gone = board.gone, Unfit("its picture was taken away")
    assert await changes(noor, "1 supporter") == 0, "nobody is told of the other message"
    board.gone = deleted
    assert await changes(alex, "2 supporters") == 1


async def test_what_cannot_be_posted_now_is_posted_later(
    camille: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    for number, error in enumerate((Offline("no network"), TryLater("slow down", 30.0), TryLater("error 500"))):
        board.refusal = error
        await camille.says(f"/suggest {WISHES[number]}")
        await keeper.settle()
        assert len(board.texts()) == number, error

        board.refusal = None
        clock.forward(seconds=31)
        await keeper.settle()
        assert len(board.texts()) == number + 1, error


async def test_what_may_have_been_posted_is_tried_again_under_the_same_key(
    camille: Person, noor: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    board.refusal = Uncertain("the answer was lost")
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    await noor.says("/support 1")
    board.refusal = None
    clock.forward(minutes=1)
    await keeper.settle()

    first, second = [key for name, key in board.calls if name == "post"]
    assert first == second


async def test_a_broken_adapter_is_logged_and_tried_again(
    camille: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    board.refusal = ZeroDivisionError("secret words")
    with capture_logs() as logs:
        await camille.says("/suggest Benches by the river")
        await keeper.settle()
    assert [line["error"] for line in logs] == ["ZeroDivisionError"]

    board.refusal = None
    clock.forward(minutes=1)
    await keeper.settle()
    assert len(board.texts()) == 1


async def test_a_card_that_has_to_wait_alone_holds_up_no_other(
    camille: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    board.refusal = TryLater("renamed too often", 500.0, alone=True)
    await camille.says("/edit 1 Benches by the sea")
    clock.forward(seconds=6)
    await keeper.settle()
    board.refusal = None
    await camille.says("/suggest Sunday opening")
    await keeper.settle()
    assert ["by the river" in text for text in board.texts()] == [True, False]
    clock.forward(seconds=501)
    await keeper.settle()
    assert "by the sea" in board.texts()[0]
