"""Talk among people: the bot stays silent unless it is sure, and keeps nothing of it."""

import pytest

from tests.stage import Person

pytestmark = pytest.mark.usefixtures("taught")


async def test_an_unclear_question_among_people_gets_no_answer(camille: Person) -> None:
    await camille.chats("How do I change my address?")
    camille.hears_nothing()


async def test_talk_among_moderators_never_becomes_a_reason_told_to_members(camille: Person, alex: Person) -> None:
    await camille.says("/suggest Sunday opening")
    await alex.says("/queue")
    await alex.presses("Not planned")
    await alex.chats("honestly, this one again")
    await camille.stage.deliver()
    camille.never_heard("honestly")
