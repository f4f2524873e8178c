"""What is filed for everyone gets a card where the ideas live, which is edited with each change."""

import asyncio

import pytest

from bot.features.cards.keeping import Keeper
from bot.ports.reply import buttons_of
from tests.clock import StillClock
from tests.features.cards.board import FakeBoard
from tests.stage import BareStage, Person
from tests.words import WISHES


async def test_an_idea_is_shown_and_follows_its_support_until_it_is_decided(
    camille: Person, noor: Person, alex: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    (card,) = board.texts()
    assert all(part in card for part in ("Suggestion #1", "Benches by the river", "0 supporters", "camille"))
    # It shows why it matters to supporters, without their names.
    await noor.says("/support 1")
    await noor.says("/why 1 My knees need a rest half way.")
    clock.forward(seconds=6)
    await keeper.settle()
    (card,) = board.texts()
    assert all(part in card for part in ("1 supporter", "My knees need a rest half way."))
    assert "noor" not in card
    assert [name for name, _ in board.calls] == ["post", "edit"]
    # Decided, it says so without buttons.
    await alex.says("/queue")
    await alex.presses("Not planned")
    await alex.says("No volunteers to build them.")
    clock.forward(seconds=6)
    await keeper.settle()
    (face,) = board.stands["ideas"].values()
    assert face.closed
    assert face.tags[0] == "not planned"
    assert "Support" not in board.texts()[0].split("No volunteers to build them.")[1]


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


async def test_a_problem_has_none_until_it_is_shown_to_everyone_and_what_is_withdrawn_or_erased_is_taken_away(
    camille: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await camille.says("/problem The card reader is broken")
    await keeper.settle()
    assert board.texts() == []
    await camille.presses("Show to everyone")
    await camille.presses("Show to everyone")
    await keeper.settle()
    (card,) = board.texts()
    assert "The card reader is broken" in card
    await camille.says("/withdraw 1")
    clock.forward(seconds=6)
    await keeper.settle()
    assert board.texts() == []
    # Who is erased leaves no card.
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    assert len(board.texts()) == 1
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


async def test_another_key_or_version_makes_all_cards_anew_and_their_buttons_never_expire(
    camille: Person, noor: Person, keeper: Keeper, board: FakeBoard, monkeypatch: pytest.MonkeyPatch, clock: StillClock
) -> None:
    await camille.says("/suggest Benches by the river")
    await keeper.settle()
    clock.forward(seconds=6)
    await keeper.refresh()
    await keeper.settle()
    assert [name for name, _ in board.calls] == ["post"]

    monkeypatch.setattr("bot.features.cards.looks.version", lambda _: "99")
    running = asyncio.create_task(keeper.run())
    await board.until_called(2)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await keeper.settle()
    assert [name for name, _ in board.calls] == ["post", "edit"]

    clock.forward(days=400)
    (face,) = board.stands["ideas"].values()
    support = next(button for block in face.reply.blocks for button in buttons_of(block))
    assert isinstance(noor.stage, BareStage)
    await noor.stage.do(noor, button=support.token)
    noor.hears("Noted: you support #1 (1 supporter).")


async def test_a_card_that_is_being_posted_when_the_bot_stops_is_stored(
    camille: Person, keeper: Keeper, board: FakeBoard
) -> None:
    board.answers.clear()
    await camille.says("/suggest Benches by the river")
    running = asyncio.create_task(keeper.run())
    await board.until_called(1)
    running.cancel()
    await asyncio.sleep(0)
    board.answers.set()
    await asyncio.gather(running, return_exceptions=True)
    await keeper.settle()
    assert [name for name, _ in board.calls] == ["post"]


async def test_what_is_not_to_be_seen_goes_before_all_other_changes(
    camille: Person, noor: Person, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    for words in WISHES[:5]:
        await camille.says(f"/suggest {words}")
    await keeper.settle()
    board.calls.clear()
    for number in range(1, 4):
        await noor.says(f"/support {number}")
    await keeper.look()
    await camille.says("/withdraw 4")
    await camille.says("/status 5")
    await camille.presses("Without my name")
    await camille.presses("Take my name off")
    clock.forward(seconds=6)
    await keeper.settle()

    assert {message for _, message in board.calls[:2]} == {"4", "5"}
    assert "camille" not in board.texts()[-1]
