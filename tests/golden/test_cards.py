"""The cards of items as Discord is sent them: in a channel the message alone, in a forum a post that begins with it."""

import json
import re
from collections.abc import Iterator

import pytest
from sqlmodel import Session

from adapters.discord.outgoing.drawing.faces import CARD, draw, title_of
from adapters.discord.outgoing.drawing.payload import payload
from bot.features.cards.keeping import Keeper
from bot.ports.card import Face
from bot.ports.inbound import File, Role
from storage.items.public import boards
from storage.people import communities
from tests.clock import StillClock
from tests.features.cards.board import FakeBoard
from tests.golden.conftest import Agree
from tests.pictures import png
from tests.stage import PLATFORM, BareStage, Person

SAID = {
    "suggest": {"en": "A bench by the *school* @everyone", "fr": "Un banc devant l’*école* @everyone"},
    "problem": {"en": "The lamp at the corner is broken", "fr": "Le réverbère du coin est cassé"},
}
REASON = {"en": "The town builds one in spring.", "fr": "La ville en pose un au printemps."}


@pytest.fixture
def board() -> FakeBoard:
    return FakeBoard()


@pytest.fixture
async def keeper(stage: BareStage, board: FakeBoard) -> Keeper:
    now = stage.core.clock.now()

    def job(session: Session) -> None:
        own = communities.every(session)[0]
        communities.join_place(session, own.id, PLATFORM, "plaza", staff=False)
        boards.show_ideas(session, own.id, PLATFORM, "ideas", now)

    await stage.core.store.write(job)
    return Keeper(stage.core, {PLATFORM: board})


@pytest.fixture
def ines(stage: BareStage, language: str) -> Person:
    return Person(stage, "Inès", language=language)


def _sent(board: FakeBoard) -> str:
    """The only card as it is sent, without what changes with each run: the tokens of its buttons."""
    (face,) = board.stands["ideas"].values()
    made = json.dumps(dict(_parts(face)), ensure_ascii=False, indent=1)
    return re.sub(r'"pv:[^"]+"', '"pv:token"', made) + "\n"


def _parts(face: Face) -> Iterator[tuple[str, object]]:
    card = draw(face, {}, CARD)
    yield "post", {"name": title_of(face), "tags": face.tags, "archived": face.closed}
    yield "message", payload(card)
    yield "files", [file.name for file in card.files]


async def test_a_card_and_what_it_is_once_it_is_decided(
    stage: BareStage, ines: Person, language: str, agree: Agree, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    await _files(stage, ines, "suggest", language)
    await keeper.settle()
    agree("card of a suggest", _sent(board))
    omar = Person(stage, "Omar", Role.MODERATOR, language)
    await stage.do(omar, command="queue", args={"number": "1", "verdict": "not_planned", "reason": REASON[language]})
    clock.forward(seconds=6)
    await keeper.settle()
    agree("card of a decision", _sent(board))


async def test_a_card_of_a_problem(
    stage: BareStage, ines: Person, language: str, agree: Agree, keeper: Keeper, board: FakeBoard
) -> None:
    await _files(stage, ines, "problem", language)
    await keeper.settle()
    agree("card of a problem", _sent(board))


async def _files(stage: BareStage, person: Person, kind: str, language: str) -> None:
    await stage.do(person, command=kind, args={"text": SAID[kind][language], "audience": "everyone", "name": "named"})


async def test_a_card_with_a_picture(
    stage: BareStage, ines: Person, language: str, agree: Agree, keeper: Keeper, board: FakeBoard
) -> None:
    photo = File("bench.png", "image/png", png())
    await stage.do(ines, command="suggest", args={"text": SAID["suggest"][language]}, attachments=(photo,))
    await keeper.settle()
    agree("card with a picture", _sent(board))


async def test_a_card_without_a_name_waits_and_tells_none(
    stage: BareStage, ines: Person, language: str, agree: Agree, keeper: Keeper, board: FakeBoard, clock: StillClock
) -> None:
    text = SAID["suggest"][language]
    await stage.do(ines, command="suggest", args={"text": text, "audience": "everyone", "name": "nameless"})
    await ines.presses(stage.core.languages.speech(language).say("Send"))
    await keeper.settle()
    assert not board.stands
    clock.forward(hours=3)
    await keeper.settle()
    assert "Inès" not in _sent(board)
    agree("card without a name", _sent(board))
