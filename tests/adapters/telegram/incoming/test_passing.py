"""A moderator answers somebody's message with `/passon`: whose words they are, and whose they cannot be."""

from typing import Any

from tests.adapters.telegram.stage import GROUP, PLAZA, TelegramStage
from tests.sockets.fakes.telegram.faults import not_started
from tests.sockets.updates import ANONYMOUS_ADMIN, JSON, supergroup, user
from tests.stage import Person

POINT = "Point at a message: answer it with this command, or use its menu."
NOBODY = "Only what a person wrote can be passed on."
FORUM = supergroup(PLAZA["id"], forum=True)


async def test_what_a_person_wrote_is_passed_on_and_they_are_told(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    said = await telegram.write(zoe, "The lift is stuck again")
    await telegram.write(omar, "/passon", reply_to=said["message"])
    omar.hears("Pass this on to the team, with its author's name?", "> The lift is stuck again")
    await omar.presses("As a problem")
    omar.hears("The team has it as problem #1.")
    zoe.hears("What you wrote was passed on to the team as #1.")


async def test_who_cannot_be_told_alone_is_told_by_a_reply_and_can_take_it_back(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    telegram.fake.fail("sendMessage", not_started(), times=None, chat=telegram.account(zoe)["id"])
    said = await telegram.write(zoe, "The lift is stuck again")
    await telegram.write(omar, "/passon", reply_to=said["message"])
    omar.hears("They are told alone, or by a reply here where that cannot be")
    await omar.presses("As a problem")
    assert "Its author is told alone, or by a reply to the message" in telegram.told_alone(omar)[-1]
    heard = telegram.seen_in(GROUP)[-1]
    assert heard.startswith("This was passed on to the team as #1, with its author's name.")
    assert "lift" not in heard
    told = telegram.shown[-1].calls[-1]
    assert told.parameters["reply_parameters"]["message_id"] == said["message"]["message_id"]
    await omar.presses("Take it back")
    omar.hears("This button is for someone else.")
    telegram.fake.faults.clear()
    await zoe.presses("Take it back")
    zoe.hears("#1 is withdrawn.")


async def test_neither_a_program_s_words_nor_those_whose_author_does_not_show_nor_by_a_member_is_anything_passed_on(
    telegram: TelegramStage, zoe: Person, ines: Person, omar: Person
) -> None:
    other = {**user(900, "Other"), "is_bot": True}
    await telegram.write(omar, "/passon", reply_to=_message(telegram, other))
    omar.hears(NOBODY)
    forwarded = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1_790_000_000}
    unknown = [
        _message(telegram, ANONYMOUS_ADMIN, sender_chat=PLAZA),
        _message(telegram, user(901, "Sharer"), forward_origin=forwarded),
    ]
    for message in unknown:
        await telegram.write(omar, "/passon", reply_to=message)
        omar.hears(POINT)
    # A message in a topic points at nothing by being there.
    begun = {"name": "Lifts", "icon_color": 7322096}
    root = telegram.updates.message(None, FORUM, user(902), thread=7, forum_topic_created=begun)["message"]
    await telegram.write(omar, "/help", FORUM, thread=7)
    await telegram.write(omar, "/passon", FORUM, thread=7, reply_to=root)
    omar.hears(POINT)
    theirs = await telegram.write(ines, "The lift is stuck again")
    for said in ("/passon", "/transmettre@portevoix_bot"):
        before = len(telegram.heard(zoe))
        await telegram.write(zoe, said, reply_to=theirs["message"])
        assert len(telegram.heard(zoe)) == before + 1
        zoe.hears("This is for moderators.")


def _message(telegram: TelegramStage, sender: JSON, **more: Any) -> JSON:
    message: JSON = telegram.updates.message("Good morning", PLAZA, sender, **more)["message"]
    return message
