"""What may mean danger by no phrase of the tables: help stands above the answer, and nothing is stopped or told."""

import pytest

from bot.core import Core
from bot.ports.inbound import Chat
from tests import meaning
from tests.clock import StillClock
from tests.stage import BareStage, Person

WORDS = "if i'm not here tomorrow tell my kids i loved them"
HELP = "If this is about somebody in danger"


@pytest.fixture(autouse=True)
def by_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    meaning.use(monkeypatch)


@pytest.fixture(autouse=True)
async def prepared(by_meaning: None, core: Core) -> None:
    await core.hunch.prepare()


@pytest.mark.parametrize("command", ["/problem ", "/suggest "])
async def test_help_stands_above_the_receipt(stage: BareStage, noor: Person, sam: Person, command: str) -> None:
    await noor.says(f"{command}{WORDS}")
    noor.hears(HELP, "3114", "nobody was told of it", "Got it:", "#1")
    await stage.deliver()
    sam.hears_nothing()


async def test_what_is_asked_goes_on(noor: Person, alex: Person, clock: StillClock) -> None:
    await noor.says(WORDS)
    noor.hears(HELP, "3114", "passed it on")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears(WORDS)


@pytest.mark.parametrize(
    "said",
    [
        "/probleme je ne veux pas qu'on sache que c'est moi. Le guichet est sale",
        "/probleme La douche est froide, svp sans mon nom, et personne ne vient",
        "est-ce que je peux rester anonyme ?",
    ],
)
async def test_who_wishes_to_be_nameless_is_not_taken_for_somebody_in_danger(noor: Person, said: str) -> None:
    noor.language = "fr"
    await noor.says(said)
    noor.never_heard("3114")


async def test_in_french(noor: Person) -> None:
    noor.language = "fr"
    await noor.says("/probleme personne ne me retiendra cette nuit, adieu")
    noor.hears("S’il s’agit d’une personne en danger", "3114", "Bien reçu")


async def test_one_press_writes_to_the_trusted_contacts(stage: BareStage, noor: Person, sam: Person) -> None:
    await noor.says(WORDS)
    await noor.presses("Write to the trusted contacts")
    await noor.says("I do not feel well at all. Can we talk?")
    noor.hears("People can help now", "are told, with your name")
    await stage.deliver()
    sam.hears("Urgent.", "Can we talk?")


async def test_what_others_read_is_answered_in_private(stage: BareStage, noor: Person) -> None:
    plaza = Chat(stage.name, "plaza", overlooked=True)
    aloud, quiet = [await stage.do(noor, text=f"/ask {text}", chat=plaza) for text in ("When is lunch today?", WORDS)]
    assert aloud
    assert not aloud.private
    assert quiet
    assert quiet.private


@pytest.mark.parametrize(
    "text", ["/problem the boss killed me again, so unfair", "/problem my dog died and nobody answers my mails"]
)
async def test_ordinary_words_get_no_help(noor: Person, text: str) -> None:
    await noor.says(text)
    assert HELP not in noor.hears("Got it: problem #1.")


async def test_help_is_named_once_only(noor: Person) -> None:
    await noor.says(f"/problem {WORDS}")
    assert noor.hears(HELP).count(HELP) == 1


async def test_talk_among_members_is_not_weighed(noor: Person) -> None:
    await noor.chats(WORDS)
    noor.hears_nothing()
