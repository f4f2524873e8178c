"""What is filed for everyone gets a card where the ideas live, which is edited with each change."""

import asyncio

import pytest

from bot.features.cards.keeping import Keeper
from bot.ports.reply import buttons_of
from tests.clock import StillClock
from tests.features.cards.board import FakeBoard
from tests.stage import BareStage, Person


async def test_an_idea_is_shown_and_follows_its_support(
    camille: Person, noor: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    (card,) = board.texts()
    assert all(part in card for part in ("Suggestion #1", "Benches by the river", "0 supporters", "camille"))

    await noor.says("/support 1")
    clock.forward(seconds=6)
    await keeper.settle()

    (card,) = board.texts()
    assert "1 supporter" in card
    assert [name for name, _ in board.calls] == ["post", "edit"]


async def test_a_problem_has_none_until_it_is_shown_to_everyone(
    camille: Person, keeper: Keeper, board: FakeBoard
) -> None:
    await camille.says("/problem The card reader is broken")
    await keeper.settle()
    assert board.texts() == []

    await camille.presses("Show to everyone")
    await camille.presses("Show to everyone")
    await keeper.settle()

    (card,) = board.texts()
    assert "The card reader is broken" in card


async def test_many_supporters_within_seconds_cost_one_edit_and_the_last_state_arrives(
    camille: Person, stage: BareStage, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    for name in ("noor", "ines", "omar", "jo"):
        await Person(stage, name).says("/support 1")
        await keeper.settle()
        clock.forward(seconds=0.1)

    clock.forward(seconds=6)
    await keeper.settle()

    assert "4 supporters" in board.texts()[0]
    assert [name for name, _ in board.calls] == ["post", "edit"]


async def test_what_is_decided_says_so_without_buttons(
    camille: Person, alex: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    await alex.says("/queue")
    await alex.presses("Not planned")
    await alex.says("No volunteers to build them.")
    clock.forward(seconds=6)
    await keeper.settle()

    (face,) = board.stands["ideas"].values()
    assert face.closed
    assert face.tags[0] == "not planned"
    assert "No volunteers to build them." in board.texts()[0]
    assert "Support" not in board.texts()[0].split("No volunteers to build them.")[1]


async def test_what_is_withdrawn_is_taken_away(
    camille: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    await camille.says("/withdraw 1")
    clock.forward(seconds=6)
    await keeper.settle()

    assert board.texts() == []


async def test_who_is_erased_leaves_no_card(
    camille: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    clock.forward(seconds=6)
    await keeper.settle()

    assert board.texts() == []


async def test_what_is_nameless_waits_and_shows_its_day(
    camille: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await camille.says("/suggest anonymous: Benches by the river")
    await camille.presses("Send")
    await keeper.settle()
    clock.forward(minutes=9)
    await keeper.settle()
    assert board.texts() == []

    clock.forward(minutes=112)
    await keeper.settle()

    (card,) = board.texts()
    assert "Benches by the river" in card
    assert "camille" not in card


async def test_its_buttons_never_expire(
    camille: Person, noor: Person, stage: BareStage, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    clock.forward(days=400)
    (face,) = board.stands["ideas"].values()
    support = next(button for block in face.reply.blocks for button in buttons_of(block))
    await stage.do(noor, button=support.token)

    noor.hears("Noted: you support #1 (1 supporter).")


async def test_another_key_or_version_makes_all_cards_anew(
    camille: Person, keeper: Keeper, board: FakeBoard, monkeypatch: pytest.MonkeyPatch, clock: StillClock
) -> None:
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    clock.forward(seconds=6)
    await _started(keeper)
    assert [name for name, _ in board.calls] == ["post"]

    monkeypatch.setattr("bot.features.cards.looks.version", lambda _: "99")
    await _started(keeper)
    assert [name for name, _ in board.calls] == ["post", "edit"]


async def _started(keeper: Keeper) -> None:
    """Let the keeper run until it has looked once."""
    task = asyncio.create_task(keeper.run())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await keeper.settle()


async def test_it_shows_why_it_matters_to_supporters_without_their_names(
    camille: Person, noor: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    await noor.says("/support 1")
    await noor.says("/why 1 My knees need a rest half way.")
    clock.forward(seconds=6)
    await keeper.settle()

    (card,) = board.texts()
    assert "My knees need a rest half way." in card
    assert "noor" not in card
