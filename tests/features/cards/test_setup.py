"""A community names where its ideas live."""

from sqlmodel import Session

from bot.dispatch.community.invitation import invite
from bot.features.cards.keeping import Keeper
from storage.people import communities
from tests.clock import StillClock
from tests.features.cards.board import FakeBoard
from tests.stage import PLATFORM, BareStage, Person


async def _code(stage: BareStage, *, staff: bool = False) -> str:
    def job(session: Session) -> str:
        keys, today = stage.core.store.keys, stage.core.clock.now().date()
        return invite(keys, communities.every(session)[0], staff, today)

    return await stage.core.store.read(job)


async def test_ideas_live_where_the_code_is_typed(
    camille: Person, alex: Person, stage: BareStage, board: FakeBoard
) -> None:
    keeper = Keeper(stage.core, {PLATFORM: board})
    await alex.says(f"/setup {await _code(stage, staff=True)} ideas")
    alex.hears("This code does not fit")
    await alex.says(f"/setup {await _code(stage)} ideas")
    alex.hears("Done: the ideas of Plaza are shown here from now on.")
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    assert "Benches by the river" in board.texts("plaza")[0]
    alex.language = "fr"
    await alex.says(f"/installer {await _code(stage)} idées")
    alex.hears("les idées de Plaza se montrent ici désormais")


async def test_the_most_supported_from_before_come_by_one_press(
    camille: Person, noor: Person, alex: Person, stage: BareStage, board: FakeBoard, clock: StillClock
) -> None:
    for number in range(1, 13):
        await camille.says(f"/suggest Idea number {number}")
        if number > 2:
            await noor.says(f"/support {number}")
    clock.forward(seconds=1)
    keeper = Keeper(stage.core, {PLATFORM: board})
    await alex.says(f"/setup {await _code(stage)} ideas")
    await keeper.settle()
    assert board.texts("plaza") == []

    await alex.presses("Show the ten most supported, too")
    await keeper.settle()

    assert len(board.texts("plaza")) == 10
    assert not [text for text in board.texts("plaza") if "0 supporters" in text]


async def test_another_place_takes_over_and_the_former_is_emptied(
    camille: Person, alex: Person, stage: BareStage, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    await alex.says(f"/setup {await _code(stage)} ideas")
    await camille.says("/suggest Sunday opening")
    clock.forward(seconds=6)
    await keeper.settle()

    assert board.texts("ideas") == []
    assert "Sunday opening" in board.texts("plaza")[0]
