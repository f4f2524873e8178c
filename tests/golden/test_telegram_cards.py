"""What Telegram is sent for a card, parameter for parameter."""

import json

import pytest

from adapters.telegram.outgoing.card import compose
from adapters.telegram.outgoing.drawing.letter import Letter
from adapters.telegram.places import Spot
from adapters.telegram.transport.calls import Upload
from bot.ports.card import Face
from tests.faces import decided, face, picture
from tests.golden.conftest import Agree
from tests.pictures import png

FACES = {
    "idea": face(words="A bench at the stop, please.\nSee https://example.org, @camille #bench /ban"),
    "problem": face(kind="Problem", support="Me too", count="12 supporters", status="being handled"),
    "picture": face(picture(png()), picture(png("red"), "again.jpg")),
    "decided": decided(),
    "nameless": face(author=""),
}

# The payloads are the same in every language but for the card's words.
pytestmark = pytest.mark.parametrize("language", ["en"], indirect=True)


@pytest.mark.parametrize("name", FACES)
def test_a_card_on_telegram(agree: Agree, name: str) -> None:
    agree(f"telegram card, {name}", _payload(FACES[name]))


def test_the_edit_of_a_card_on_telegram(agree: Agree) -> None:
    letter = Letter(Spot(-100_123, 77), compose(decided()))
    agree("telegram card, edited", _readable(("editMessageText", letter.edit(5))))


def test_the_edit_of_a_card_with_a_picture_on_telegram(agree: Agree) -> None:
    letter = Letter(Spot(-100_123, 77), compose(FACES["picture"]))
    agree("telegram card, edited caption", _readable(("editMessageCaption", letter.edit_caption(5))))


def _payload(card: Face) -> str:
    return _readable(Letter(Spot(-100_123, 77), compose(card), silent=True).call())


def _readable(call: tuple[str, dict[str, object]]) -> str:
    method, given = call
    shown = {name: value.name if isinstance(value, Upload) else value for name, value in given.items()}
    known = {name: value for name, value in shown.items() if value is not None}
    return f"{method}\n{json.dumps(known, indent=2, ensure_ascii=False)}\n"
