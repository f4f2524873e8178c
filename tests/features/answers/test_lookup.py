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
async def test_what_the_team_wrote_is_shown_and_one_of_several_read(
    stage: BareStage, camille: Person, dump: Dump
) -> None:
    await look_up(stage, camille, "so, can i give frozen food")
    assert "[" not in camille.hears("Can I give frozen food?", "Yes, until noon.")
    await look_up(stage, camille, "how do I change my address")
    camille.hears("I am not sure which of these is meant:", "Nothing was kept or passed on.")
    await camille.presses("How do I change my delivery address?")
    camille.hears("Under Orders.")
    rows = await dump()
    assert not rows["question"] + rows["outbox"]


async def test_what_is_not_known_goes_to_nobody_in_anybodys_name_unless_in_ones_own_words(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock, dump: Dump
) -> None:
    commands: tuple[dict[str, Any], ...] = ({"text": "/ask"}, {"text": "/question"}, {"command": "lookup"})
    for command in commands:
        await stage.do(camille, about=said(SECRET), **command)
        camille.hears(
            "I don't know, and I'd rather not guess. Nothing was kept or passed on.",
            "Pass this question to the team as yours? Then in your own words, and with your name.",
            "[Ask in my own words]",
        )
        rows = await dump()
        assert not rows["question"] + rows["prompt"] + rows["outbox"], command
    await alex.says("/unanswered")
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


async def test_a_picture_has_nothing_to_look_up_and_an_answer_of_another_community_is_not_read(
    stage: BareStage, camille: Person
) -> None:
    await look_up(stage, camille, "")
    camille.hears("A few words are needed to look something up.")
    await look_up(stage, camille, "hello there")
    await stage.do(camille, command="read", args={"answer": "1"})
    camille.hears("I do not know /read.")
