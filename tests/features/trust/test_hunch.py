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
    await core.semantic_recogniser.prepare()


async def test_help_stands_above_the_receipt_once(stage: BareStage, noor: Person, camille: Person, sam: Person) -> None:
    for person, command in ((noor, "/problem"), (camille, "/suggest")):
        await person.says(f"{command} {WORDS}")
        heard = person.hears(HELP, "3114", "nobody was told of it", "Got it:", "#1" if person is noor else "#2")
        assert heard.count(HELP) == 1
    await stage.deliver()
    sam.hears_nothing()


async def test_what_is_asked_goes_on_and_one_press_writes_to_the_trusted_contacts(
    noor: Person, alex: Person, clock: StillClock, stage: BareStage, sam: Person
) -> None:
    await noor.says(WORDS)
    noor.hears(HELP, "3114", "passed it on")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears(WORDS)
    await noor.presses("Write to the trusted contacts")
    await noor.says("I do not feel well at all. Can we talk?")
    noor.hears("People can help now", "are told, with your name")
    await stage.deliver()
    sam.hears("Urgent.", "Can we talk?")


ORDINARY = ("the boss killed me again, so unfair", "my dog died and nobody answers my mails")
NAMELESS = (
    "/probleme je ne veux pas qu'on sache que c'est moi. Le guichet est sale",
    "/probleme La douche est froide, svp sans mon nom, et personne ne vient",
    "est-ce que je peux rester anonyme ?",
)


async def test_in_french(noor: Person) -> None:
    noor.language = "fr"
    # Who wishes to be nameless is not taken for somebody in danger.
    for said in NAMELESS:
        await noor.says(said)
    noor.never_heard("3114")
    await noor.says("/probleme personne ne me retiendra cette nuit, adieu")
    noor.hears("S’il s’agit d’une personne en danger", "3114", "Bien reçu")


async def test_ordinary_words_get_no_help_and_what_others_read_is_answered_in_private(
    noor: Person, stage: BareStage
) -> None:
    # Talk among members is not weighed.
    await noor.chats(WORDS)
    noor.hears_nothing()
    # Ordinary words get no help.
    for number, text in enumerate(ORDINARY, 1):
        await noor.says(f"/problem {text}")
        assert HELP not in noor.hears(f"Got it: problem #{number}.")
    # What others read is answered in private.
    plaza = Chat(stage.name, "plaza", overlooked=True)
    aloud, quiet = [await stage.do(noor, text=f"/ask {text}", chat=plaza) for text in ("When is lunch today?", WORDS)]
    assert aloud
    assert not aloud.private
    assert quiet
    assert quiet.private
