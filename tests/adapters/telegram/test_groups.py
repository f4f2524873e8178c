"""In a group: silent unless meant, private where it must be, and never the cause of a name shown."""

import pytest
from sqlmodel import Session

from adapters.telegram.places import PLATFORM
from storage import communities
from tests.adapters.telegram.stage import GROUP, PLAZA, STAFF, TelegramStage
from tests.sockets.fakes.telegram.faults import migrated, not_started
from tests.sockets.updates import ANONYMOUS_ADMIN, group, supergroup, user
from tests.stage import Person

FORUM = supergroup(-1003, "Forum", forum=True)
OPEN = "[Open my chat with the bot]\n"
SMALL, GROWN = group(-500), supergroup(-1500)


async def test_talk_among_people_is_left_alone(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "see you tonight at the harbour")
    zoe.hears_nothing()


async def test_a_mention_is_answered_in_the_group_as_a_reply(telegram: TelegramStage, zoe: Person) -> None:
    said = await telegram.write(zoe, "Where is the moon base, @Portevoix_bot?")
    assert "I've passed it on" in telegram.seen_in(GROUP)[-1]
    quoted = telegram.shown[-1].calls[0].parameters["reply_parameters"]
    assert quoted["message_id"] == said["message"]["message_id"]


async def test_a_reply_to_the_bot_is_meant_for_it(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/top")
    await telegram.write(zoe, "Where is the moon base?", reply_to=telegram.shown[-1].calls[0].result)
    assert "I've passed it on" in telegram.seen_in(GROUP)[-1]


@pytest.mark.usefixtures("taught")
async def test_a_question_to_nobody_is_answered_when_the_team_wrote_the_answer(
    telegram: TelegramStage, zoe: Person
) -> None:
    said = await telegram.write(zoe, "Can I give frozen food?")
    assert "Yes, until noon." in telegram.seen_in(GROUP)[-1]
    quoted = telegram.shown[-1].calls[0].parameters["reply_parameters"]
    assert quoted["message_id"] == said["message"]["message_id"]


async def test_commands_that_may_be_another_bots_are_left_alone(telegram: TelegramStage, zoe: Person) -> None:
    for said in ("/ban spammer", "/weather"):
        await telegram.write(zoe, said)
        zoe.hears_nothing()


async def test_being_added_by_a_link_is_no_occasion_to_speak(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/start@portevoix_bot true")
    zoe.hears_nothing()


async def test_a_mistyped_command_of_the_bots_is_explained_alone(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/sugest A dark theme")
    assert telegram.told_alone(zoe) == ["I do not know /sugest. Did you mean /suggest?\n"]


async def test_a_question_begun_in_the_group_is_asked_there_and_answered_by_a_reply(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    await telegram.write(zoe, "/ask")
    asked = telegram.shown[-1].calls[0]
    assert asked.parameters["reply_markup"]["selective"]
    await telegram.write(ines, "Where is the moon base?", reply_to=asked.result)
    assert "Question transmise" in telegram.seen_in(GROUP)[-1]
    await telegram.write(zoe, "When is it open?", reply_to=asked.result)
    assert "I've passed it on" in telegram.seen_in(GROUP)[-1]


async def test_a_command_may_name_the_bot_and_another_bots_is_left_alone(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/top@other_bot")
    await telegram.write(zoe, "/problem@other_bot\nThe lift is stuck")
    zoe.hears_nothing()
    await telegram.write(zoe, "/top@Portevoix_bot")
    assert telegram.seen_in(GROUP)


async def test_a_suggestion_of_the_group_gets_its_receipt_alone(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/suggest A dark theme")
    assert "Got it: suggestion #1." in telegram.told_alone(zoe)[-1]
    assert not telegram.seen_in(GROUP)


async def test_a_bare_problem_is_asked_for_alone(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/problem")
    assert "What is the problem?" in telegram.told_alone(zoe)[-1]
    assert not telegram.seen_in(GROUP)
    await zoe.says("I am paid late")
    zoe.hears("Got it: problem #1.")
    assert "seen" not in zoe.hears("Visible to: the team only, with your name.")


async def test_whoever_never_started_the_bot_is_shown_the_way(telegram: TelegramStage, zoe: Person) -> None:
    number = telegram.account(zoe)["id"]
    telegram.fake.fail("sendMessage", not_started(), times=None, chat=number)
    await telegram.write(zoe, "/problem")
    assert "This is between you and the bot." in telegram.seen_in(GROUP)[-1]
    way = telegram.shown[-1].calls[0].buttons
    assert [button["url"] for button in way] == ["https://t.me/portevoix_bot?start=problem"]
    telegram.fake.faults.clear()
    await zoe.says("/start problem")
    zoe.hears("What is the problem?")


async def test_whoever_never_started_the_bot_hears_that_the_team_has_it_and_finds_the_receipt(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    telegram.fake.fail("sendMessage", not_started(), times=None, chat=telegram.account(zoe)["id"])
    await telegram.write(zoe, "/suggest A bench")
    told = telegram.seen_in(GROUP)[-1]
    assert told == "The team has it. For the receipt, open your chat with the bot, and press Start.\n" + OPEN
    assert "bench" not in told
    payload = _way(telegram)
    await ines.says(f"/start {payload}")
    ines.hears("Ce bouton est destiné à quelqu’un d’autre.")
    telegram.fake.faults.clear()
    await zoe.says(f"/start {payload}")
    zoe.hears("Got it: suggestion #1.", "Visible to: everyone, with your name.", "[Edit] [Withdraw] [Team only]")
    await zoe.presses("Withdraw")
    await zoe.says(f"/start {payload}")
    zoe.hears("#1 is already withdrawn.")


async def test_the_receipt_found_later_says_too_that_others_have_read_it(telegram: TelegramStage, zoe: Person) -> None:
    telegram.fake.fail("sendMessage", not_started(), times=None, chat=telegram.account(zoe)["id"])
    await telegram.write(zoe, "/problem I am paid late")
    telegram.fake.faults.clear()
    await zoe.says(f"/start {_way(telegram)}")
    zoe.hears("Got it: problem #1.", "it has been seen with your name beside it", "Visible to: the team only")


async def test_a_name_the_group_has_read_is_not_taken_off(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/suggest A bench")
    assert "Without my name" not in telegram.told_alone(zoe)[-1]
    await zoe.says("/visibility 1 nameless")
    zoe.hears("#1 was typed where others read along", "taking the name off now would hide nothing")
    await zoe.presses("Team only")
    zoe.hears("#1 is now visible to: the team only, with your name.", "[Show to all, with my name] [Area]\n")


async def test_words_changed_where_others_read_along_have_been_read_too(telegram: TelegramStage, zoe: Person) -> None:
    await zoe.says("/suggest A bench")
    await telegram.write(zoe, "/edit 1 Two benches")
    await zoe.presses("Without my name")
    zoe.hears("#1 was typed where others read along")


async def test_what_was_passed_on_has_been_read_by_others_too(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    said = await telegram.write(zoe, "The lift is stuck again")
    await telegram.write(omar, "/passon", reply_to=said["message"])
    await omar.presses("As a problem")
    await zoe.says("/visibility 1 nameless")
    zoe.hears("#1 was typed where others read along")


async def test_a_problem_typed_in_the_group_is_the_teams_alone_and_said_to_be_seen(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    telegram.fake.world.promote(GROUP, telegram.fake.world.bot)
    said = await telegram.write(zoe, "/problem I am paid late")
    zoe.hears(
        "Got it: problem #1.",
        "It was typed where others read along, so it has been seen with your name beside it.",
        "Visible to: the team only, with your name.",
    )
    assert (GROUP, said["message"]["message_id"]) not in telegram.fake.world.messages
    ines.never_heard("paid late")


async def test_where_the_bot_may_not_delete_it_still_files(telegram: TelegramStage, zoe: Person) -> None:
    said = await telegram.write(zoe, "/problem I am paid late")
    zoe.hears("Got it: problem #1.", "it has been seen")
    assert (GROUP, said["message"]["message_id"]) in telegram.fake.world.messages


async def test_words_meant_without_a_name_but_typed_in_the_group_are_not_called_nameless(
    telegram: TelegramStage, zoe: Person
) -> None:
    await telegram.write(zoe, "/problem")
    await zoe.presses("everyone, without my name")
    await telegram.write(zoe, "/problem I am paid late")
    zoe.hears("Got it: problem #1.", "with your name beside it", "Visible to: the team only, with your name.")


@pytest.mark.usefixtures("taught")
async def test_somebody_elses_button_is_refused_to_the_other_alone(
    telegram: TelegramStage, zoe: Person, ines: Person
) -> None:
    await telegram.write(zoe, "/ask Can I give frozen food?")
    await ines.presses("This helped")
    assert "Ce bouton est destiné à quelqu’un d’autre." in telegram.told_alone(ines)[-1]
    await zoe.presses("This helped")
    assert "Good to know, thank you." in telegram.seen_in(GROUP)[-1]


async def test_an_edit_in_the_group_is_offered_alone(telegram: TelegramStage, zoe: Person) -> None:
    said = await telegram.write(zoe, "/suggest A drak theme")
    await telegram.act(zoe, telegram.updates.edited_message(said, "/suggest A dark theme"))
    assert "Should #1 read like this now?" in telegram.told_alone(zoe)[-1]
    assert not telegram.seen_in(GROUP)


async def test_a_topic_is_answered_in_the_topic(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/top", FORUM, thread=7)
    assert telegram.shown[-1].calls[0].parameters["message_thread_id"] == 7


async def test_a_reply_in_a_group_without_topics_opens_no_thread(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/top", message_thread_id=7)
    assert "message_thread_id" not in telegram.shown[-1].calls[0].parameters


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


async def test_a_group_that_becomes_a_supergroup_stays_the_communitys(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.core.store.write(lambda session: _join(session, str(SMALL["id"])))
    await telegram.happen(*telegram.updates.migrate(SMALL, GROWN, telegram.account(zoe)))
    places = await telegram.core.store.read(lambda session: communities.places(session, PLATFORM))
    assert {place.external_id for place in places} == {str(GROUP), str(STAFF), str(GROWN["id"])}


async def test_what_goes_to_the_old_group_arrives_in_the_new_one(telegram: TelegramStage, zoe: Person) -> None:
    telegram.fake.fail("sendMessage", migrated(GROWN["id"]), times=None, chat=SMALL["id"])
    await telegram.write(zoe, "/top", SMALL)
    assert [call.chat for call in await telegram.fake.sent("sendMessage")] == [GROWN["id"]]


async def test_channel_posts_other_bots_and_channels_that_speak_are_left_alone(
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
        message("/top", PLAZA, as_channel, sender_chat=channel),
        {"channel_post": message("/top", channel, linked, sender_chat=channel)["message"]},
        telegram.updates.my_chat_member(PLAZA, telegram.account(zoe), telegram.fake.world.me()),
        message(None, PLAZA, telegram.account(zoe), new_chat_members=[telegram.account(zoe)]),
    )
    assert not telegram.shown


async def test_an_administrator_who_speaks_as_the_group_is_never_written_to_alone(telegram: TelegramStage) -> None:
    for said in ("/queue", "/mine"):
        await telegram.happen(telegram.updates.message(said, PLAZA, ANONYMOUS_ADMIN, sender_chat=PLAZA))
        assert "This is between you and the bot." in telegram.seen_in(GROUP)[-1]
    await telegram.happen(telegram.updates.message("/suggest A bench", PLAZA, ANONYMOUS_ADMIN, sender_chat=PLAZA))
    assert telegram.seen_in(GROUP)[-1] == "The team has it.\n"
    assert {call.chat for call in telegram.fake.journal.calls if call.method == "sendMessage"} == {GROUP}


def _another_community(session: Session) -> None:
    known = communities.every(session)[0]
    communities.ensure(session, "harbour", "Harbour", "en", "UTC", known.created_at)


def _join(session: Session, place: str, *, staff: bool = False) -> None:
    communities.join_place(session, communities.every(session)[0].id, PLATFORM, place, staff)


async def test_what_was_begun_in_the_group_is_cancelled_in_the_group(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.write(zoe, "/suggest")
    await telegram.write(zoe, "/cancel")
    await zoe.says("When do you open on Sunday mornings?")
    assert "Got it" not in telegram.told_alone(zoe)[-1]


def _way(telegram: TelegramStage) -> str:
    """What the button that leads to the private chat opens it with."""
    (button,) = telegram.shown[-1].calls[0].buttons
    return str(button["url"]).partition("?start=")[2]


async def test_who_takes_back_something_nameless_in_the_group_is_not_left_standing_there(
    telegram: TelegramStage, zoe: Person
) -> None:
    telegram.fake.world.promote(GROUP, telegram.fake.world.bot)
    await zoe.says("/suggest")
    await zoe.fills(text="I am paid late", visibility="nameless")
    await zoe.presses("Send")
    for command in ("/visibility 1 nameless", "/edit 1 I am paid far too late", "/withdraw 1"):
        said = await telegram.write(zoe, command)
        assert (GROUP, said["message"]["message_id"]) not in telegram.fake.world.messages, command


async def test_whoever_never_started_the_bot_hears_that_a_change_is_made(telegram: TelegramStage, zoe: Person) -> None:
    await zoe.says("/suggest A bench")
    telegram.fake.fail("sendMessage", not_started(), times=None, chat=telegram.account(zoe)["id"])
    await telegram.write(zoe, "/withdraw 1")
    assert telegram.seen_in(GROUP)[-1].startswith("Done. To see it, open your chat with the bot, and press Start.")


async def test_a_wrong_code_is_refused_where_it_was_typed(telegram: TelegramStage, omar: Person) -> None:
    telegram.fake.fail("sendMessage", not_started(), times=None, chat=telegram.account(omar)["id"])
    await telegram.write(omar, "/setup WRONGCODE1")
    assert telegram.seen_in(GROUP)[-1].startswith("This code does not fit, or was used already.")


async def test_the_way_to_an_answer_leads_to_that_answer(telegram: TelegramStage, zoe: Person) -> None:
    telegram.fake.fail("sendMessage", not_started(), times=None, chat=telegram.account(zoe)["id"])
    await telegram.write(zoe, "/mine")
    assert _way(telegram) == "mine"
