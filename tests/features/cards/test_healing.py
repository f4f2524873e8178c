"""A place that is lost, refuses or takes cards again: staff are told once, and the cards heal within seconds."""

from structlog.testing import capture_logs

from bot.delivery.refused import post_refused
from bot.features.cards.keeping import Keeper
from bot.ports.adapter import Uncertain, Unreachable
from bot.privacy.left_places import LeftPlaces
from tests.clock import StillClock
from tests.features.cards.board import FakeBoard
from tests.stage import PLATFORM, BareStage, Person


def is_ideas(place: str) -> bool:
    return place == "ideas"


async def test_a_place_that_is_gone_is_told_once_and_its_cards_heal_when_it_is_back(
    camille: Person, noor: Person, stage: BareStage, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    left_places = LeftPlaces(stage.core, PLATFORM)
    for words in ("Benches by the river", "Sunday opening"):
        await camille.says(f"/suggest {words}")
    await keeper.settle()
    # One that is back and was never gone is left alone.
    await left_places.come_back(is_ideas)
    clock.forward(seconds=6)
    await keeper.settle()
    assert [name for name, _ in board.calls] == ["post", "post"]
    with capture_logs() as logs:
        await left_places.leave(is_ideas)
        board.stands["ideas"].popitem()
        for _ in range(2):
            await noor.says("/support 1")
            await keeper.settle()
    await stage.deliver()
    assert len([text for text in stage.staff() if "are not shown on Bare any more" in text]) == 1
    assert len([line for line in logs if line["event"] == "cards"]) == 1
    assert len(board.calls) == 2, "a place without the bot was tried"

    await left_places.come_back(is_ideas)
    clock.forward(seconds=6)
    await keeper.settle()
    await stage.deliver()
    assert len(board.texts()) == 2
    assert "shown in their place on Bare again" in "".join(stage.staff()[-2:])


async def test_rights_that_return_bring_the_cards_at_once_and_rights_elsewhere_none(
    camille: Person, stage: BareStage, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await _refused(camille, keeper, board, clock)
    await post_refused(stage.core, PLATFORM, lambda place: place != "ideas")
    await keeper.settle()
    assert board.texts() == []
    await post_refused(stage.core, PLATFORM, is_ideas)
    await keeper.settle()
    assert len(board.texts()) == 1


async def _refused(camille: Person, keeper: Keeper, board: FakeBoard, clock: StillClock) -> None:
    """Camille's idea was refused often enough to wait for minutes; now it would be taken."""
    board.refusal = Unreachable("the topic is closed")
    await camille.says("/suggest Benches by the river")
    for _ in range(8):
        await keeper.settle()
        clock.forward(minutes=10)
    await keeper.settle()
    board.refusal = None
    await keeper.settle()
    assert board.texts() == []


async def test_a_card_whose_answer_was_lost_is_taken_away_where_it_is_found(
    camille: Person, stage: BareStage, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    board.finds = True
    assert not await _stray(camille, stage, keeper, board, clock)
    key = next(key for name, key in board.calls if name == "post")
    assert board.calls[-1] == ("retract", key)


async def test_the_staff_is_asked_to_look_for_one_that_is_not_found(
    camille: Person, stage: BareStage, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    assert len(await _stray(camille, stage, keeper, board, clock)) == 1


async def _stray(camille: Person, stage: BareStage, keeper: Keeper, board: FakeBoard, clock: StillClock) -> list[str]:
    """Camille withdraws an idea whose card may stand there; returns what the staff is asked."""
    board.refusal = Uncertain("the answer was lost")
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    board.refusal = None
    await camille.says("/withdraw 1")
    clock.forward(minutes=1)
    await keeper.settle()
    await stage.deliver()
    return [text for text in stage.staff() if "is not to be seen any more" in text]
