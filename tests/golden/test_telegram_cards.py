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
@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_card_on_telegram_and_its_edit(agree: Agree) -> None:
    for name, shown in FACES.items():
        agree(f"telegram card, {name}", _payload(shown))
    spot = Spot(-100_123, 77)
    agree("telegram card, edited", _readable(("editMessageText", Letter(spot, compose(decided())).edit(5))))
    caption = Letter(spot, compose(FACES["picture"])).edit_caption(5)
    agree("telegram card, edited caption", _readable(("editMessageCaption", caption)))


def _payload(card: Face) -> str:
    return _readable(Letter(Spot(-100_123, 77), compose(card), silent=True).call())


def _readable(call: tuple[str, dict[str, object]]) -> str:
    method, given = call
    shown = {name: value.name if isinstance(value, Upload) else value for name, value in given.items()}
    known = {name: value for name, value in shown.items() if value is not None}
    return f"{method}\n{json.dumps(known, indent=2, ensure_ascii=False)}\n"
