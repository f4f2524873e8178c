"""A moderator passes on what somebody said; what its author took back stays out."""

import pytest

from bot.ports.inbound import Actor, Said
from tests.stage import PLATFORM, BareStage, Person

TEXT = "The gate has squeaked since Tuesday"


@pytest.fixture
def said(camille: Person) -> Said:
    return Said(Actor(PLATFORM, camille.id, camille.id), TEXT, "message-1")


async def test_what_was_passed_on_before_is_filed_once(stage: BareStage, alex: Person, said: Said) -> None:
    for label in ("As a problem", "As a suggestion"):
        await stage.do(alex, command="passon", about=said)
        await alex.presses(label)
        alex.hears("The team has it as problem #1.")


@pytest.mark.parametrize(
    ("language", "button", "words"),
    [
        ("en", "As a problem", "Its author took #1 back: it is not passed on again."),
        ("fr", "Comme problème", "Son auteur a retiré #1\u00a0: rien n’est transmis de nouveau."),
    ],
)
async def test_what_its_author_took_back_is_not_passed_on_again(
    stage: BareStage, alex: Person, camille: Person, said: Said, language: str, button: str, words: str
) -> None:
    alex.language = language
    for _ in range(2):
        await stage.do(alex, command="passon", about=said)
    await alex.presses(button)
    await stage.deliver()
    await camille.presses("Take it back")
    await stage.do(alex, command="passon", about=said)
    assert TEXT not in alex.hears(words)
    await alex.says("/queue")
    assert TEXT not in stage.heard(alex)[-1]


async def test_what_its_author_takes_back_while_it_is_passed_on_again_stays_out(
    stage: BareStage, alex: Person, camille: Person, said: Said
) -> None:
    await stage.do(alex, command="passon", about=said)
    await alex.presses("As a problem")
    await stage.deliver()
    await stage.do(alex, command="passon", about=said)
    await camille.presses("Take it back")
    await alex.presses("As a suggestion")
    alex.hears("Its author took #1 back: it is not passed on again.")
