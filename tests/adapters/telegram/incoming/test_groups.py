"""In a group: silent unless meant, private where it must be, and never the cause of a name shown."""

import pytest
from sqlmodel import Session

from adapters.telegram.places import PLATFORM
from storage.people import communities
from tests.adapters.telegram.stage import GROUP, PLAZA, STAFF, TelegramStage
from tests.sockets.fakes.telegram.faults import migrated, not_started
from tests.sockets.updates import ANONYMOUS_ADMIN, group, supergroup, user
from tests.stage import Person

FORUM = supergroup(-1003, "Forum", forum=True)
SMALL, GROWN = group(-500), supergroup(-1500)


async def test_a_mention_is_answered_in_the_group_as_a_reply_and_a_reply_to_the_bot_meant_for_it(
    telegram: TelegramStage, zoe: Person
) -> None:
    said = await telegram.write(zoe, "Where is the moon base, @Portevoix_bot?")
    assert "I've passed it on" in telegram.seen_in(GROUP)[-1]
    quoted = telegram.shown[-1].calls[0].parameters["reply_parameters"]
    assert quoted["message_id"] == said["message"]["message_id"]
    await telegram.write(zoe, "/top")
    before = len(telegram.seen_in(GROUP))
    await telegram.write(zoe, "Where is the sun base?", reply_to=telegram.shown[-1].calls[0].result)
    assert "I've passed it on" in telegram.seen_in(GROUP)[before:][-1]


@pytest.mark.usefixtures("taught")
async def test_a_question_to_nobody_is_answered_when_the_team_wrote_it_and_somebody_elses_button_is_refused(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    said = await telegram.write(zoe, "Can I give frozen food?")
    assert "Yes, until noon." in telegram.seen_in(GROUP)[-1]
    quoted = telegram.shown[-1].calls[0].parameters["reply_parameters"]
    assert quoted["message_id"] == said["message"]["message_id"]
    # Somebody else's button is refused to the other alone.
    await telegram.write(zoe, "/ask Can I give frozen food?")
    await ines.presses("This helped")
    assert "Ce bouton est destiné à quelqu’un d’autre." in telegram.told_alone(ines)[-1]
    await zoe.presses("This helped")
    assert "Good to know, thank you." in telegram.seen_in(GROUP)[-1]


async def test_talk_among_people_links_and_commands_that_may_be_another_bots_are_left_alone(
    telegram: TelegramStage, zoe: Person
) -> None:
    for said in (
        "see you tonight at the harbour",
        "/ban spammer",
        "/weather",
        "/start@portevoix_bot true",
        "/top@other_bot",
        "/problem@other_bot\nThe lift is stuck",
    ):
        await telegram.write(zoe, said)
        zoe.hears_nothing()
    await telegram.write(zoe, "/sugest A dark theme")
    assert telegram.told_alone(zoe) == ["I do not know /sugest. Did you mean /suggest?\n"]
    await telegram.write(zoe, "/top@Portevoix_bot", message_thread_id=7)
    assert telegram.seen_in(GROUP)
    assert "message_thread_id" not in telegram.shown[-1].calls[0].parameters, "no topics here, so no thread"


async def test_what_is_begun_in_the_group_is_asked_there_and_answered_by_a_reply_or_cancelled_and_an_edit_offered_alone(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    await telegram.write(zoe, "/ask")
    asked = telegram.shown[-1].calls[0]
    assert asked.parameters["reply_markup"]["selective"]
    await telegram.write(ines, "Where is the moon base?", reply_to=asked.result)
    assert "Question transmise" in telegram.seen_in(GROUP)[-1]
    await telegram.write(zoe, "When is it open?", reply_to=asked.result)
    assert "I've passed it on" in telegram.seen_in(GROUP)[-1]
    # What was begun in the group is cancelled there.
    await telegram.write(zoe, "/suggest")
    await telegram.write(zoe, "/cancel")
    await zoe.says("When do you open on Sunday mornings?")
    assert "Got it" not in telegram.told_alone(zoe)[-1]
    # An edit is offered alone.
    said = await telegram.write(zoe, "/suggest A drak theme")
    await telegram.act(zoe, telegram.updates.edited_message(said, "/suggest A dark theme"))
    assert "Should #1 read like this now?" in telegram.told_alone(zoe)[-1]


async def test_a_topic_is_answered_in_the_topic(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.core.store.write(lambda session: _join(session, str(FORUM["id"])))
    await telegram.write(zoe, "/top", FORUM, thread=7)
    assert telegram.shown[-1].calls[0].parameters["message_thread_id"] == 7


async def test_a_topic_belongs_to_the_community_of_its_group(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.core.store.write(_another_community)
    await telegram.write(zoe, "/top", FORUM, thread=7)
    assert "This place does not belong to a community yet" in telegram.told_alone(zoe)[-1]
    await telegram.core.store.write(lambda session: _join(session, str(FORUM["id"])))
    await telegram.write(zoe, "/top", FORUM, thread=7)
    assert telegram.seen_in(FORUM["id"])


async def test_the_digest_can_go_to_one_topic(telegram: TelegramStage, zoe: Person, omar: Person) -> None:
    await telegram.core.store.write(lambda session: _join(session, f"{FORUM['id']}:9", staff=True))
    await zoe.says("/suggest Sunday opening")
    await omar.says("/digest now")
    assert "Sunday opening" in telegram.seen_in(FORUM["id"])[-1]
    assert telegram.shown[-1].calls[0].parameters["message_thread_id"] == 9


async def test_what_goes_to_the_old_group_arrives_in_the_new_one_which_stays_the_communitys(
    telegram: TelegramStage, zoe: Person
) -> None:
    telegram.fake.fail("sendMessage", migrated(GROWN["id"]), times=None, chat=SMALL["id"])
    await telegram.core.store.write(lambda session: _join(session, str(SMALL["id"])))
    await telegram.write(zoe, "/top", SMALL)
    assert [call.chat for call in await telegram.fake.sent("sendMessage")] == [GROWN["id"]]
    # A hint that is owed to it, too.
    telegram.fake.fail("sendMessage", not_started(), times=None, chat=telegram.account(zoe)["id"])
    await telegram.write(zoe, "/mine@portevoix_bot", SMALL)
    arrived = [call for call in telegram.fake.journal.calls if call.chat == GROWN["id"] and call.status == 200]
    assert "Open your chat with it" in arrived[-1].shown


async def test_a_group_that_becomes_a_supergroup_stays_the_communitys(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.core.store.write(lambda session: _join(session, str(SMALL["id"])))
    await telegram.happen(*telegram.updates.migrate(SMALL, GROWN, telegram.account(zoe)))
    places = await telegram.core.store.read(lambda session: communities.places(session, PLATFORM))
    assert {place.external_id for place in places} == {str(GROUP), str(STAFF), str(GROWN["id"])}


async def test_channel_posts_other_bots_and_what_channels_say_to_the_others_are_left_alone(
    telegram: TelegramStage, zoe: Person
) -> None:
    channel = {"id": -1009, "type": "channel", "title": "News"}
    linked = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    other = {**user(900, "Other"), "is_bot": True}
    as_channel = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
    message = telegram.updates.message
    await telegram.happen(
        message("/top", PLAZA, linked, sender_chat=channel, is_automatic_forward=True),
        message("/top", PLAZA, other),
        message("Can I give frozen food?", PLAZA, as_channel, sender_chat=channel),
        {"channel_post": message("/top", channel, linked, sender_chat=channel)["message"]},
        telegram.updates.my_chat_member(PLAZA, telegram.account(zoe), telegram.fake.world.me()),
        message(None, PLAZA, telegram.account(zoe), new_chat_members=[telegram.account(zoe)]),
    )
    assert not telegram.shown


async def test_an_administrator_who_speaks_as_the_group_is_never_written_to_alone(telegram: TelegramStage) -> None:
    await telegram.happen(telegram.updates.message("/queue", PLAZA, ANONYMOUS_ADMIN, sender_chat=PLAZA))
    assert "This is between you and the bot." in telegram.seen_in(GROUP)[-1]
    for said in ("/mine", "/suggest A bench", "/ask when is it open?"):
        await telegram.happen(telegram.updates.message(said, PLAZA, ANONYMOUS_ADMIN, sender_chat=PLAZA))
        assert "Nothing was kept" in telegram.seen_in(GROUP)[-1]
    assert {call.chat for call in telegram.fake.journal.calls if call.method == "sendMessage"} == {GROUP}


def _another_community(session: Session) -> None:
    known = communities.every(session)[0]
    communities.ensure(session, "harbour", "Harbour", "en", "UTC", known.created_at)


def _join(session: Session, place: str, *, staff: bool = False) -> None:
    communities.join_place(session, communities.every(session)[0].id, PLATFORM, place, staff)


async def test_a_wrong_code_is_refused_where_it_was_typed(telegram: TelegramStage, omar: Person) -> None:
    telegram.fake.fail("sendMessage", not_started(), times=None, chat=telegram.account(omar)["id"])
    await telegram.write(omar, "/setup WRONGCODE1")
    assert telegram.seen_in(GROUP)[-1].startswith("This code does not fit, or was used already.")
