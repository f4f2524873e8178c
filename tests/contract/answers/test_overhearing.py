"""Talk among people: the bot stays silent unless it is sure, and keeps nothing of it."""

import pytest
from sqlmodel import select

from storage.models import Identity, Question
from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")


async def test_among_people_the_bot_answers_when_it_is_sure_and_keeps_nothing_of_their_talk(camille: Person) -> None:
    talk = ("see you tonight at the harbour", "hello everyone", "thanks, that helped", "bonne journée à tous", "👍")
    for said in (*talk, "How do I change my address?"):
        await camille.chats(said)
        camille.hears_nothing()
    read = camille.stage.core.store.read
    assert not await read(lambda session: session.exec(select(Question)).all())
    assert not await read(lambda session: session.exec(select(Identity)).all())
    await camille.chats("Can I give frozen food?")
    camille.hears("Yes, until noon.")
