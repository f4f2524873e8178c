"""Where the bot may not write: answers find another way, and what is for the team is kept, told and posted later."""

import pytest

from bot.ports.adapter import Address, Unreachable
from bot.ports.reply import Document, Image, Paragraph, Reply
from tests.adapters.telegram.stage import GROUP, PLAZA, STAFF, TelegramStage
from tests.sockets.fakes.telegram.faults import blocked
from tests.sockets.updates import JSON, supergroup, user
from tests.stage import Person

DESK = supergroup(STAFF, "Desk")
FORUM = supergroup(-1003, "Forum", forum=True)
ADA = user(7, "Ada")
WAITS = "so a message to the team waits."


async def _may(telegram: TelegramStage, chat: JSON, old: str, new: str) -> None:
    """The bot may do something else in a group from now on."""
    world = telegram.fake.world
    world.members[chat["id"], world.bot] = {"status": new}
    await telegram.happen(telegram.updates.my_chat_member(chat, ADA, world.me(), old, new))


async def test_a_muted_bot_answers_alone_and_says_why(telegram: TelegramStage, zoe: Person) -> None:
    telegram.fake.world.mute(GROUP)
    await telegram.write(zoe, "/top")
    told = telegram.told_alone(zoe)[-1]
    assert told.startswith("The bot may not write in the group just now, so this comes here:")
    assert not telegram.seen_in(GROUP)


async def test_who_cannot_be_written_to_either_or_is_asked_something_sees_a_reaction(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    telegram.fake.world.mute(GROUP, can_react_to_messages=True)
    question = await telegram.write(ines, "/ask")
    assert not telegram.told_alone(ines)
    telegram.fake.fail("sendMessage", blocked(), times=None, chat=telegram.account(zoe)["id"])
    asked = await telegram.write(zoe, "/top")
    filed = await telegram.write(zoe, "/suggest A bench")
    shown = [telegram.fake.world.reactions[GROUP, one["message"]["message_id"]] for one in (question, asked, filed)]
    assert shown == ["👀", "👀", "👍"]


async def test_a_refused_digest_is_told_to_the_team_once_and_posted_when_the_bot_may_write_again(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    await zoe.says("/suggest Sunday opening")
    telegram.fake.world.mute(STAFF)
    await omar.says("/digest now")
    assert "“Group 1002”" in telegram.told_alone(omar)[-1]
    assert WAITS in telegram.told_alone(omar)[-1]
    assert not telegram.seen_in(STAFF)
    for _ in range(3):
        telegram.fake.world.mute(STAFF)
        change = telegram.updates.my_chat_member(DESK, ADA, telegram.fake.world.me(), "left", "member")
        await telegram.happen(change)
    assert len([said for said in telegram.told_alone(omar) if WAITS in said]) == 1
    await _may(telegram, DESK, "restricted", "member")
    assert [said for said in telegram.seen_in(STAFF) if "Sunday opening" in said] == telegram.seen_in(STAFF)
    assert len(telegram.seen_in(STAFF)) == 1
    await _may(telegram, DESK, "member", "administrator")
    assert len(telegram.seen_in(STAFF)) == 1, "it is posted once"


async def test_a_digest_for_a_group_without_the_bot_is_posted_when_it_is_added_again(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    await zoe.says("/suggest Sunday opening")
    telegram.fake.world.members[STAFF, telegram.fake.world.bot] = {"status": "kicked"}
    await omar.says("/digest now")
    assert WAITS in telegram.told_alone(omar)[-1]
    await telegram.restart()
    await _may(telegram, DESK, "kicked", "left")
    assert not telegram.seen_in(STAFF)
    await _may(telegram, DESK, "left", "member")
    assert "Sunday opening" in telegram.seen_in(STAFF)[-1]


async def test_what_goes_to_a_closed_topic_falls_back_like_what_goes_to_a_deleted_one(
    telegram: TelegramStage, zoe: Person
) -> None:
    world = telegram.fake.world
    world.closed.add((GROUP, 7))
    await telegram.write(zoe, "/top", {**PLAZA, "is_forum": True}, thread=7)
    assert "message_thread_id" not in telegram.shown[-1].calls[0].parameters
    assert telegram.seen_in(GROUP)


async def test_a_place_that_takes_no_pictures_reads_what_they_show_and_what_arrived_before_a_refusal_comes_once(
    telegram: TelegramStage,
) -> None:
    telegram.fake.world.mute(STAFF, can_send_messages=True)
    reply = Reply((Paragraph("The week."), Image(b"png", "12 ideas, 3 of them done")))
    await telegram.telegram.send(Address(str(STAFF), False, "digest:1"), reply)
    assert telegram.seen_in(STAFF) == ["The week.\n12 ideas, 3 of them done\n"]
    before = len(await telegram.fake.sent("sendMessage"))
    digest = Reply((Paragraph("The week."), Document("week.csv", "text/csv", b"1")))
    with pytest.raises(Unreachable):
        await telegram.telegram.send(Address(str(STAFF), False, "digest:2"), digest)
    telegram.fake.world.mute(STAFF, can_send_messages=True, can_send_documents=True)
    await telegram.telegram.send(Address(str(STAFF), False, "digest:2"), digest)
    assert len(telegram.seen_in(STAFF)) == 2
    assert len(await telegram.fake.sent("sendMessage")) == before + 1


async def test_a_notice_to_whoever_pressed_is_shown_over_the_group(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    telegram.fake.fail("sendMessage", blocked(), times=None, chat=telegram.account(ines)["id"])
    await telegram.write(zoe, "/ask When is it open?")
    said = telegram.shown[-1]
    await telegram.press_data(ines, "!made-up-token", dict(said.calls[-1].result))
    (notice,) = [call for call in telegram.fake.journal.calls if call.method == "answerCallbackQuery"]
    assert notice.parameters["show_alert"]
    ines.hears("Ce bouton ne sert plus.")
    assert len(telegram.seen_in(GROUP)) == 1, "nobody else is told, and nothing is posted"


async def test_the_way_to_an_answer_is_taken_away_once_it_is_used(telegram: TelegramStage, zoe: Person) -> None:
    telegram.fake.fail("sendMessage", blocked(), times=None, chat=telegram.account(zoe)["id"])
    said = await telegram.write(zoe, "/mine@portevoix_bot")
    hint = telegram.shown[-1].calls[0]
    assert hint.parameters["reply_parameters"]["message_id"] == said["message"]["message_id"]
    telegram.fake.faults.clear()
    await zoe.says("/start mine")
    assert (GROUP, hint.result["message_id"]) not in telegram.fake.world.messages
