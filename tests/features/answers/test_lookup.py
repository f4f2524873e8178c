"""A look at what the team wrote, for somebody else's question: nothing is kept, nothing passed on."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.ports.inbound import Actor, Said
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage, Person

Rows = dict[str, list[dict[str, Any]]]
Dump = Callable[[], Awaitable[Rows]]
SECRET = "where does my neighbour park at night?"


def said(text: str) -> Said:
    return Said(Actor(PLATFORM, "noor", "noor"), text, "message-1")


async def look_up(stage: BareStage, person: Person, text: str) -> None:
    await stage.do(person, command="lookup", about=said(text))


@pytest.mark.usefixtures("taught")
async def test_what_the_team_wrote_is_shown(stage: BareStage, camille: Person, dump: Dump) -> None:
    await look_up(stage, camille, "so, can i give frozen food")
    assert "[" not in camille.hears("Can I give frozen food?", "Yes, until noon.")
    rows = await dump()
    assert not rows["question"] + rows["outbox"]


@pytest.mark.usefixtures("taught")
async def test_one_of_several_is_read(stage: BareStage, camille: Person, dump: Dump) -> None:
    await look_up(stage, camille, "how do I change my address")
    camille.hears("I am not sure which of these is meant:", "Nothing was kept or passed on.")
    await camille.presses("How do I change my delivery address?")
    camille.hears("Under Orders.")
    assert not (await dump())["question"]


@pytest.mark.parametrize("command", [{"command": "lookup"}, {"text": "/ask"}, {"text": "/question"}])
async def test_what_is_not_known_goes_to_nobody_in_anybodys_name(
    stage: BareStage, camille: Person, alex: Person, dump: Dump, command: dict[str, Any]
) -> None:
    await stage.do(camille, about=said(SECRET), **command)
    camille.hears(
        "I don't know, and I'd rather not guess. Nothing was kept or passed on.",
        "Pass this question to the team as yours? Then in your own words, and with your name.",
        "[Ask in my own words]",
    )
    rows = await dump()
    assert not rows["question"] + rows["prompt"] + rows["outbox"]
    await alex.says("/unanswered")
    alex.never_heard("neighbour")


async def test_it_is_passed_on_in_ones_own_words(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock
) -> None:
    await look_up(stage, camille, SECRET)
    await camille.presses("Ask in my own words")
    camille.hears("What would you like to know?")
    await camille.fills(question="where is parking allowed?")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("where is parking allowed?")
    alex.never_heard("neighbour")


async def test_ones_own_question_stays_ones_own_under_anothers_message(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock
) -> None:
    await stage.do(camille, text="/ask where is parking allowed?", about=said(SECRET))
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("where is parking allowed?")


async def test_a_picture_has_nothing_to_look_up(stage: BareStage, camille: Person) -> None:
    await look_up(stage, camille, "")
    camille.hears("A few words are needed to look something up.")


async def test_an_answer_of_another_community_is_not_read(stage: BareStage, camille: Person) -> None:
    await stage.do(camille, command="lookup", about=said("hello there"))
    await stage.do(camille, command="read", args={"answer": "1"})
    camille.hears("I do not know /read.")
