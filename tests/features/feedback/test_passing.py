"""A moderator passes on what somebody said; what its author took back stays out."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.ports.inbound import Actor, Said
from tests.stage import PLATFORM, BareStage, Person

TEXT = "The gate has squeaked since Tuesday"


@pytest.fixture
def said(camille: Person) -> Said:
    return Said(Actor(PLATFORM, camille.id, camille.id), TEXT, "message-1")


TAKEN_BACK = (
    ("en", "As a problem", "Its author took #1 back: it is not passed on again."),
    ("fr", "Comme problème", "Son auteur a retiré #2\u00a0: rien n’est transmis de nouveau."),
)


async def test_what_its_author_took_back_is_not_passed_on_again(
    stage: BareStage, alex: Person, camille: Person, said: Said
) -> None:
    for place, (language, button, words) in zip(("hall", "lobby"), TAKEN_BACK, strict=True):
        about = replace(said, message=place, text=f"{TEXT} in the {place}")
        alex.language = language
        for _ in range(2):
            await stage.do(alex, command="passon", about=about)
        await alex.presses(button)
        await stage.deliver()
        await camille.presses("Take it back")
        await stage.do(alex, command="passon", about=about)
        assert TEXT not in alex.hears(words)
        await alex.says("/queue")
        assert TEXT not in stage.heard(alex)[-1]
    # Neither is what is taken back while it is passed on again.
    alex.language = "en"
    await stage.do(alex, command="passon", about=said)
    await alex.presses("As a problem")
    await stage.deliver()
    await stage.do(alex, command="passon", about=said)
    await camille.presses("Take it back")
    await alex.presses("As a suggestion")
    alex.hears("Its author took #3 back: it is not passed on again.")


LINK = "https://discord.com/channels/1/2/3"


async def test_what_was_passed_on_before_is_filed_once_and_the_link_goes_with_the_words(
    stage: BareStage, alex: Person, said: Said, camille: Person, dump: Callable[[], Awaitable[dict[str, Any]]]
) -> None:
    await stage.do(alex, command="passon", about=replace(said, files=1))
    assert "link" not in alex.hears("1 file is not taken along.\n")
    await stage.do(alex, command="passon", about=replace(said, text="", files=1))
    alex.hears("Only words are passed on, and this message has none: its files stay there.")
    # What was passed on before is filed once.
    for label in ("As a problem", "As a suggestion"):
        await stage.do(alex, command="passon", about=said)
        await alex.presses(label)
        alex.hears("The team has it as problem #1.")
    # The team alone finds the way back to the message.
    await stage.do(
        alex, command="passon", about=replace(said, text="The lift is stuck", message="message-2", link=LINK, files=2)
    )
    alex.hears("2 files are not taken along. The team gets a link to the message.")
    await alex.presses("As a problem")
    await alex.says("/queue 2")
    alex.hears(f"Said at: {LINK}")
    await stage.deliver()
    await camille.says("/status 2")
    camille.never_heard(LINK)
    # The link goes with the words.
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    assert LINK not in str(await dump())


async def test_what_asks_to_stay_without_a_name_is_not_passed_on_with_one(
    stage: BareStage, alex: Person, said: Said
) -> None:
    await stage.do(alex, command="passon", about=replace(said, text=f"{TEXT}. Without my name please."))
    alex.hears("This asks to stay without a name, and would be passed on with one.")
    await stage.do(alex, command="passon", about=replace(said, text="Anonymous: I want to kill myself"))
    alex.hears("Pass this on to the team, with its author's name?")
