"""A message of several questions: each is answered, offered or passed on for itself, also when it is edited."""

import pytest
from sqlmodel import select

from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.models import Question
from storage.people import communities
from tests.stage import BareStage, Person

KNOWN = [
    Entry("crates", ("Where do I leave the empty crates?",), "At the door.", "en"),
    Entry("pick-up", ("On which day is the pick-up of baskets?",), "On Saturdays.", "en"),
    Entry("pool", ("When does the pool open?",), "At nine.", "en"),
    Entry("park", ("Where can I park my car?",), "Behind the hall.", "en"),
]
DRAGON = "Who feeds the dragon?"


@pytest.fixture(autouse=True)
async def known(stage: BareStage) -> None:
    await stage.core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, KNOWN))


async def writes(camille: Person, text: str, *, edited: bool = False) -> None:
    assert isinstance(camille.stage, BareStage)
    await camille.stage.do(camille, text=text, message="message-1", edited=edited)


async def kept(stage: BareStage) -> list[str]:
    asked = await stage.core.store.read(lambda session: session.exec(select(Question.text)).all())
    return sorted(filter(None, asked))


UNSURE = (
    "How do I return the crates and what time is pick-up?",
    "How do I return crates, and also at what time is pick-up?",
    "How do I return the crates? At what time is pick-up?",
)


async def test_two_that_are_not_sure_are_offered_each_for_itself(stage: BareStage) -> None:
    for number, text in enumerate(UNSURE, 1):
        person = Person(stage, f"says {text}")
        await person.says(text)
        person.hears("crates?\nDo you mean this?\n[Where do I leave the empty crates?]", "pick-up?\nDo you mean this?")
        assert len(await kept(stage)) == 2 * number, text


async def test_one_that_is_edited_is_redone_and_the_other_stays(stage: BareStage, camille: Person) -> None:
    await writes(camille, f"When does the pool open? {DRAGON}")
    camille.hears("At nine.", "passed it on")
    await writes(camille, "When does the pool open? Where can I park my car?", edited=True)
    assert "At nine." not in camille.hears("Behind the hall.")
    assert await kept(stage) == ["When does the pool open?", "Where can I park my car?"]


async def test_both_that_are_edited_are_redone(stage: BareStage, camille: Person) -> None:
    await writes(camille, f"{DRAGON} When does the pool open?")
    await writes(camille, "Where can I park my car? Who feeds the cat?", edited=True)
    camille.hears("Behind the hall.", "> Who feeds the cat?", "passed it on")
    assert await kept(stage) == ["Where can I park my car?", "Who feeds the cat?"]


async def test_one_that_is_taken_out_is_withdrawn(stage: BareStage, camille: Person, alex: Person) -> None:
    await writes(camille, f"When does the pool open? {DRAGON}")
    await writes(camille, "When does the pool open?", edited=True)
    camille.hears_nothing()
    assert await kept(stage) == ["When does the pool open?"]
    await alex.says("/unanswered")
    alex.hears("No question waits for an answer.")


async def test_one_that_is_put_in_is_answered(stage: BareStage, camille: Person) -> None:
    await writes(camille, "When does the pool open?")
    await writes(camille, "When does the pool open? Where can I park my car?", edited=True)
    assert "At nine." not in camille.hears("Behind the hall.")
    assert len(await kept(stage)) == 2


async def test_all_are_withdrawn_when_nothing_is_asked_any_more(stage: BareStage, camille: Person) -> None:
    await writes(camille, f"When does the pool open? {DRAGON}")
    await writes(camille, "thank you", edited=True)
    camille.hears("Your question is withdrawn.")
    assert await kept(stage) == []


async def test_a_press_leaves_the_other_answers_and_what_was_passed_on(camille: Person) -> None:
    await writes(camille, f"When does the pool open? Where can I park my car? {DRAGON}")
    camille.hears(
        "1. When does the pool open?\nAt nine.", "[1. This helped]", "2. Where", f"> {DRAGON}", "passed it on"
    )
    await camille.presses("1. This helped")
    camille.hears("At nine.", "Good to know", "[2. This helped]", "Behind the hall.", f"> {DRAGON}\nI don't know")
    await camille.presses("2. This did not help")
    camille.hears("At nine.\nGood to know", "> Where can I park my car?\nI don't know", f"> {DRAGON}\nI don't know")


async def test_a_choice_for_one_question_leaves_the_choice_for_the_other(camille: Person) -> None:
    await writes(camille, "How do I return the crates? At what time is pick-up?")
    await camille.presses("Where do I leave the empty crates?")
    camille.hears("At the door.", "[1. This helped]", "pick-up?\nDo you mean this?")
    await camille.presses("2. None of these")
    camille.hears("At the door.", "> At what time is pick-up?\nI don't know")
