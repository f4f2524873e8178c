"""In a group, seen by one person and the bot alone: ephemeral commands, presses and answers."""

from collections.abc import AsyncIterator

import pytest

from bot.core import Core
from bot.ports.inbound import Role
from tests.adapters.telegram.stage import GROUP, STAFF, TelegramStage, telegram_stage
from tests.sockets.fakes.telegram import ephemeral, faults
from tests.sockets.fakes.telegram.journal import Call
from tests.sockets.updates import private
from tests.stage import Person


@pytest.fixture
async def telegram(core: Core) -> AsyncIterator[TelegramStage]:
    async with telegram_stage(core, unseen=True, introduced=True) as stage:
        yield stage


@pytest.fixture
def stranger(telegram: TelegramStage) -> Person:
    """Somebody who never pressed Start."""
    stranger = Person(telegram, "stranger")
    number = telegram.account(stranger)["id"]
    telegram.fake.fail("sendMessage", faults.not_started(), times=None, chat=number)
    return stranger


def calls(telegram: TelegramStage, method: str, chat: int = GROUP) -> list[Call]:
    return [call for call in telegram.fake.journal.calls if call.method == method and call.chat == chat]


async def test_a_problem_of_the_group_is_filed_unseen_asked_for_in_one_message_and_its_receipt_needs_no_start(
    telegram: TelegramStage, stranger: Person
) -> None:
    await telegram.whisper(stranger, "/problem I am paid late")
    heard = stranger.hears("Got it: problem #1.", "Only the team can see it, with your name.", "[Without my name]")
    assert "read along" not in heard, "nobody did"
    assert not telegram.seen_in(GROUP)
    await stranger.presses("Without my name")
    stranger.hears("Without your name. Only the team reads this", "[Take my name off]")
    # A bare one is asked for in one message, whose reply opens.
    await telegram.whisper(stranger, "/problem")
    *_, asked = calls(telegram, "sendMessage")
    assert "What is the problem?" in asked.shown
    assert asked.parameters["reply_markup"]["force_reply"]
    await stranger.presses("without my name")
    *_, chosen = calls(telegram, "editEphemeralMessageText")
    assert "✓ without my name" in [button["text"] for button in chosen.buttons]
    await telegram.whisper(stranger, "I am never paid", reply_to=chosen.message)
    stranger.hears("Without your name. Only the team reads this", "> I am never paid", "[Send]")
    await stranger.presses("Send")
    stranger.hears("Got it: problem #")
    assert not telegram.seen_in(GROUP)


async def test_what_was_asked_last_is_answered_unseen_in_the_private_chat_or_where_everybody_reads_it(
    telegram: TelegramStage, zoe: Person
) -> None:
    await telegram.whisper(zoe, "/problem")
    await telegram.write(zoe, "I am paid late", private(telegram.account(zoe)))
    zoe.hears("Got it: problem #1.")
    # What was asked last is answered.
    await telegram.whisper(zoe, "/problem")
    await telegram.whisper(zoe, "/ask")
    await telegram.whisper(zoe, "Where is the moon base?")
    zoe.hears("I've passed it on")
    # An answer that everybody reads is taken as one, and said to be seen.
    await telegram.whisper(zoe, "/problem")
    *_, asked = calls(telegram, "sendMessage")
    await telegram.write(zoe, "The lift is stuck", reply_to=asked.message)
    zoe.hears("Got it: problem #2.", "it has been seen with your name beside it")


async def test_words_unseen_are_never_answered_in_the_open_and_come_alone_where_they_cannot_be_shown(
    telegram: TelegramStage, zoe: Person
) -> None:
    await telegram.whisper(zoe, "/ask Where is the moon base?")
    assert "I've passed it on" in telegram.told_alone(zoe)[-1]
    telegram.fake.world.ephemerals.window = -1
    await telegram.whisper(zoe, "/ask When is it open?")
    assert "I've passed it on" in telegram.told_alone(zoe)[-1]
    assert not telegram.seen_in(GROUP)
    # A receipt, too, comes alone.
    telegram.fake.world.ephemerals.window = -1
    await telegram.whisper(zoe, "/suggest A bench")
    *_, told = calls(telegram, "sendMessage", telegram.account(zoe)["id"])
    assert "Got it: suggestion #1." in told.shown


async def test_who_asked_unseen_and_can_be_told_nowhere_is_not_named_in_the_group(
    telegram: TelegramStage, stranger: Person
) -> None:
    telegram.fake.world.ephemerals.window = -1
    await telegram.whisper(stranger, "/problem I am paid late")
    stranger.hears_nothing()
    assert not telegram.seen_in(GROUP)
    telegram.fake.faults.clear()
    await telegram.write(stranger, "/mine", private(telegram.account(stranger)))
    stranger.hears("I am paid late")


async def test_a_file_is_sent_alone_and_the_way_to_it_is_shown_unseen_until_it_is_used(
    telegram: TelegramStage, stranger: Person
) -> None:
    telegram.fake.fail("sendDocument", faults.not_started(), times=None, chat=telegram.account(stranger)["id"])
    await telegram.whisper(stranger, "/suggest A bench")
    await telegram.whisper(stranger, "/mydata")
    stranger.hears("Open your chat with it")
    assert not telegram.seen_in(GROUP)
    # The way is taken away once it is used.
    telegram.fake.faults.clear()
    before = len(telegram.fake.world.ephemerals.shown)
    await telegram.write(stranger, "/mine", private(telegram.account(stranger)))
    assert len(telegram.fake.world.ephemerals.shown) == before - 1


async def test_a_press_in_the_open_is_answered_where_it_was_made_for_who_pressed_alone(
    telegram: TelegramStage, stranger: Person, zoe: Person
) -> None:
    await zoe.says("/suggest A bench")
    await telegram.write(zoe, "/top")
    shown = telegram.seen_in(GROUP)
    await stranger.presses("#1 A bench")
    stranger.hears("Suggestion #1", "A bench", "[Support]")
    await stranger.presses("Support")
    stranger.hears("Noted: you support #1 (1 supporter).")
    assert telegram.seen_in(GROUP) == shown


async def test_a_message_that_cannot_be_changed_any_more_gives_way_to_a_new_one(
    telegram: TelegramStage, stranger: Person
) -> None:
    await telegram.whisper(stranger, "/problem")
    telegram.fake.fail(
        "editEphemeralMessageText", faults.Fault(code=400, description="Bad Request: MESSAGE_ID_INVALID")
    )
    await stranger.presses("without my name")
    (asked,) = telegram.fake.world.ephemerals.shown.values()
    assert "✓ without my name" in str(asked)


async def test_where_the_bot_is_no_administrator_the_way_to_the_receipt_is_shown_as_ever(
    telegram: TelegramStage, stranger: Person
) -> None:
    await telegram.write(stranger, "/suggest A bench")
    assert telegram.seen_in(GROUP)[-1].startswith("The team has it. For the receipt, open your chat with the bot")


async def test_a_receipt_reaches_who_typed_in_the_open_where_the_bot_is_administrator(
    telegram: TelegramStage, stranger: Person
) -> None:
    telegram.fake.world.promote(GROUP, telegram.fake.world.bot)
    await telegram.write(stranger, "/suggest A bench")
    stranger.hears("Got it: suggestion #1.", "Everyone can see it, with your name.")
    assert not telegram.seen_in(GROUP)


async def test_menus_of_groups_send_unseen_what_concerns_one_person(telegram: TelegramStage) -> None:
    await telegram.fake.sent("setMyCommands", 8)
    menus = telegram.fake.world.commands
    unseen = {
        scope: {one["command"] for one in shown if one.get("is_ephemeral")}
        for (scope, language), shown in menus.items()
        if not language
    }
    members, staff = unseen['{"type": "all_group_chats"}'], unseen[f'{{"chat_id": {STAFF}, "type": "chat"}}']
    assert {"problem", "suggest", "mine", "help"} <= members
    assert "queue" in unseen[f'{{"chat_id": {GROUP}, "type": "chat_administrators"}}']
    assert not {"ask", "top", "setup"} & (members | staff)
    assert "queue" not in staff, "the team reads its queue together"
    assert not unseen['{"type": "all_private_chats"}']
    omar = Person(telegram, "omar", Role.STAFF)
    await omar.says("/mine")
    await telegram.write(omar, "/mine", private(telegram.account(omar)))
    alone = menus[f'{{"chat_id": {telegram.account(omar)["id"]}, "type": "chat"}}', ""]
    assert not [one for one in alone if one.get("is_ephemeral")], "there nobody else reads"


@pytest.mark.parametrize("api", [ephemeral.NONE, ephemeral.FLAT, ephemeral.NESTED])
async def test_whatever_the_server_nobody_else_is_shown_a_receipt(
    telegram: TelegramStage, stranger: Person, api: tuple[int, int]
) -> None:
    telegram.fake.world.ephemerals.api = api
    telegram.fake.world.promote(GROUP, telegram.fake.world.bot)
    for words in ("A bench", "Sunday opening"):
        await telegram.write(stranger, f"/suggest {words}")
    whole = telegram.seen_in(GROUP)
    assert all(text.startswith("The team has it.") for text in whole)
    assert bool(whole) == (api == ephemeral.NONE)
    asked = telegram.fake.journal.unknown.count("deleteEphemeralMessage")
    assert asked == (1 if api == ephemeral.NONE else 0), "asked once in a start"


async def test_a_server_that_shows_everybody_is_not_trusted_twice(telegram: TelegramStage, stranger: Person) -> None:
    """Such a server would have the methods and not read the parameters."""
    telegram.fake.world.ephemerals.api = (99, 0)
    await telegram.whisper(stranger, "/problem I am paid late")
    assert len(telegram.fake.world.ephemerals.leaked) == 1
    assert not [one for (chat, _), one in telegram.fake.world.messages.items() if chat == GROUP and "late" in str(one)]
    await telegram.whisper(stranger, "/problem I am never paid")
    assert len(telegram.fake.world.ephemerals.leaked) == 1
    telegram.fake.world.ephemerals.leaked.clear()
