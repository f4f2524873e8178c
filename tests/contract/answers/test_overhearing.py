"""Talk among people: the bot stays silent unless it is sure, and keeps nothing of it."""

import pytest
from sqlmodel import select

from storage.models import Identity, Question
from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")


async def test_talk_among_people_gets_no_answer(camille: Person) -> None:
    await camille.chats("see you tonight at the harbour")
    camille.hears_nothing()


async def test_thanks_and_greetings_among_people_get_no_answer(camille: Person) -> None:
    for said in ("hello everyone", "thanks, that helped", "bonne journée à tous", "👍"):
        await camille.chats(said)
        camille.hears_nothing()


async def test_a_question_among_people_is_answered_when_the_bot_is_sure(camille: Person) -> None:
    await camille.chats("Can I give frozen food?")
    camille.hears("Yes, until noon.")


async def test_talk_among_people_is_not_kept(camille: Person) -> None:
    await camille.chats("see you tonight at the harbour")
    await camille.chats("How do I change my address?")
    read = camille.stage.core.store.read
    assert not await read(lambda session: session.exec(select(Question)).all())
    assert not await read(lambda session: session.exec(select(Identity)).all())
