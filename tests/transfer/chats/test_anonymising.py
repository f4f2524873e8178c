"""Nothing that is stored of a chat leads to anybody in it."""

import pytest

from bot.transfer.chats.anonymising import Anonymiser
from tests.transfer.chats.conftest import gathered
from tests.transfer.chats.exports import LAYOUTS, Line, account

PEOPLE = ("Ada Lovelace", "Ben Okri", "norm_", "k3vin", "Will", "The Doctor", "linux")


@pytest.fixture
def anonymiser() -> Anonymiser:
    found = Anonymiser()
    found.learn_names(PEOPLE)
    return found


def test_it_takes_people_out(anonymiser: Anonymiser) -> None:
    cases: list[tuple[str, str]] = [
        ("Ada Lovelace knows it", "knows it"),
        ("ask ada lovelace or Ben", "ask … or …"),
        ("norm_: press the button", "press the button"),
        ("as K3VIN said, restart it", "as … said, restart it"),
        ("@Somebody press it, <@123456789012345678>", "press it, …"),
        ("write to ada@example.org or +33 6 12 34 56 78", "write to …@… or ••••"),
        ("it is ada#1234, number 300000000000000123", "it is …, number …"),
        ("see https://t.me/adalove or discord.com/users/300000000000000123", "see … or …"),
        ("see https://discord.com/channels/1/2/3 first", "see … first"),
        ("it will work, says a doctor's leaflet", "it will work, says a doctor's leaflet"),
        ("Will, it will work", "it will work"),
        ("the page https://example.org/help@home is open", "the page https://example.org/help@home is open"),
    ]
    assert [(said, anonymiser.clean(said)) for said, _ in cases] == cases


def test_an_everyday_word_stays_though_somebody_goes_by_it(anonymiser: Anonymiser) -> None:
    assert anonymiser.clean("install linux first") == "install … first"
    for number in range(20):
        anonymiser.learn_words(f"does linux run on number {number}?")
    assert anonymiser.clean("install linux first") == "install linux first"


@pytest.mark.parametrize("platform", LAYOUTS)
def test_nobody_is_in_what_comes_of_a_chat(platform: str) -> None:
    lines = (
        Line("Ada Lovelace", "Where do I send the form of the library to, Ben Okri or Cleo?"),
        Line("Ben Okri", "To cleo@example.org or 06 12 34 56 78, Ada Lovelace; Cleo sorts them each Monday.", to=0),
        Line("Ada Lovelace", "Thanks Ben!", to=1),
        Line("Cleo", "Hello"),
    )
    [one] = gathered(LAYOUTS[platform](lines), platform).candidates
    assert one.question == "Where do I send the form of the library to, … or …?"
    assert one.answer == "To …@… or ••••, …; … sorts them each Monday."
    assert account("Ada Lovelace") not in str(one)
