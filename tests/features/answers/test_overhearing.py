"""Talk among people: the bot stays silent unless it is sure, and keeps nothing of it."""

import pytest

from tests.stage import BareStage, Person

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


async def test_the_buttons_of_an_overheard_answer_belong_to_who_asked(
    stage: BareStage, camille: Person, noor: Person
) -> None:
    await camille.chats("Can I give frozen food?")
    camille.hears("Yes, until noon.", "[This did not help]")
    token = stage.token(camille, "This did not help")
    await stage.do(noor, button=token)
    noor.hears("This button is for someone else.")
    await stage.do(camille, button=token)
    camille.hears("passed it on")
