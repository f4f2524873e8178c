"""In a group, seen by one person and the bot alone: ephemeral commands, presses and answers."""

from collections.abc import AsyncIterator

import pytest

from bot.core import Core
from bot.ports.inbound import Role
from tests.adapters.telegram.stage import GROUP, PLAZA, TelegramStage, telegram_stage
from tests.sockets.fakes.telegram import ephemeral, faults
from tests.sockets.fakes.telegram.journal import Call
from tests.stage import Person


@pytest.fixture
async def telegram(core: Core) -> AsyncIterator[TelegramStage]:
    async with telegram_stage(core, unseen=True) as stage:
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


async def test_a_problem_of_the_group_is_filed_unseen_and_its_receipt_needs_no_start(
    telegram: TelegramStage, stranger: Person
) -> None:
    await telegram.whisper(stranger, "/problem I am paid late")
    heard = stranger.hears("Got it: problem #1.", "Only the team can see it, with your name.", "[Without my name]")
    assert "read along" not in heard, "nobody did"
    assert not telegram.seen_in(GROUP)
    await stranger.presses("Without my name")
    stranger.hears("#1 is changed.", "nobody sees who wrote it")


async def test_a_bare_problem_is_asked_for_in_one_message_whose_reply_opens(
    telegram: TelegramStage, stranger: Person
) -> None:
    await telegram.whisper(stranger, "/problem")
    (asked,) = calls(telegram, "sendMessage")
    assert "What is the problem?" in asked.shown
    assert asked.parameters["reply_markup"]["force_reply"]
    await stranger.presses("without my name")
    (chosen,) = calls(telegram, "editEphemeralMessageText")
    assert "✓ without my name" in [button["text"] for button in chosen.buttons]
    await telegram.whisper(stranger, "I am paid late", reply_to=chosen.message)
    stranger.hears("Nobody but the team can read this", "> I am paid late", "[Send]")
    await stranger.presses("Send")
    stranger.hears("Got it: problem #")
    assert not telegram.seen_in(GROUP)


async def test_what_was_asked_unseen_can_be_answered_in_the_private_chat(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.whisper(zoe, "/problem")
    await telegram.write(zoe, "I am paid late", telegram_private(telegram, zoe))
    zoe.hears("Got it: problem #1.")


async def test_words_unseen_are_never_answered_in_the_open(telegram: TelegramStage, zoe: Person) -> None:
    await telegram.whisper(zoe, "/ask Where is the moon base?")
    assert "I've passed it on" in telegram.told_alone(zoe)[-1]
    telegram.fake.world.ephemerals.window = -1
    await telegram.whisper(zoe, "/ask When is it open?")
    assert "I've passed it on" in telegram.told_alone(zoe)[-1]
    assert not telegram.seen_in(GROUP)


async def test_an_answer_that_cannot_be_shown_any_more_comes_alone(telegram: TelegramStage, zoe: Person) -> None:
    telegram.fake.world.ephemerals.window = -1
    await telegram.whisper(zoe, "/suggest A bench")
    (told,) = calls(telegram, "sendMessage", telegram.account(zoe)["id"])
    assert "Got it: suggestion #1." in told.shown


async def test_who_asked_unseen_and_can_be_told_nowhere_is_not_named_in_the_group(
    telegram: TelegramStage, stranger: Person
) -> None:
    telegram.fake.world.ephemerals.window = -1
    await telegram.whisper(stranger, "/problem I am paid late")
    stranger.hears_nothing()
    assert not telegram.seen_in(GROUP)
    telegram.fake.faults.clear()
    await telegram.write(stranger, "/mine", telegram_private(telegram, stranger))
    stranger.hears("I am paid late")


async def test_a_file_is_sent_alone_and_the_way_to_it_is_shown_unseen(
    telegram: TelegramStage, stranger: Person
) -> None:
    telegram.fake.fail("sendDocument", faults.not_started(), times=None, chat=telegram.account(stranger)["id"])
    await telegram.whisper(stranger, "/suggest A bench")
    await telegram.whisper(stranger, "/mydata")
    stranger.hears("open your chat with the bot")
    assert not telegram.seen_in(GROUP)


async def test_the_way_to_an_answer_is_taken_away_once_it_is_used(telegram: TelegramStage, stranger: Person) -> None:
    telegram.fake.fail("sendDocument", faults.not_started(), times=None, chat=telegram.account(stranger)["id"])
    await telegram.whisper(stranger, "/mydata")
    telegram.fake.faults.clear()
    before = len(telegram.fake.world.ephemerals.shown)
    await telegram.write(stranger, "/mine", telegram_private(telegram, stranger))
    assert len(telegram.fake.world.ephemerals.shown) == before - 1


async def test_a_press_in_the_open_is_answered_where_it_was_made(
    telegram: TelegramStage, stranger: Person, omar: Person
) -> None:
    said = await telegram.write(stranger, "The lift is stuck again")
    await telegram.write(omar, "/passon", reply_to=said["message"])
    await omar.presses("As a problem")
    assert "#1" in omar.hears("problem")
    assert calls(telegram, "sendMessage")[-1].message["receiver_user"]["id"] == telegram.account(omar)["id"]


async def test_a_receipt_reaches_who_typed_in_the_open_where_the_bot_is_administrator(
    telegram: TelegramStage, stranger: Person
) -> None:
    telegram.fake.world.promote(GROUP, telegram.fake.world.bot)
    await telegram.write(stranger, "/suggest A bench")
    stranger.hears("Got it: suggestion #1.", "Everyone can see it, with your name.")
    assert not telegram.seen_in(GROUP)


async def test_where_it_is_none_the_way_to_the_receipt_is_shown_as_ever(
    telegram: TelegramStage, stranger: Person
) -> None:
    await telegram.write(stranger, "/suggest A bench")
    assert telegram.seen_in(GROUP)[-1].startswith("The team has it. For the receipt, open your chat with the bot")


async def test_a_shown_answer_whose_fate_is_unknown_is_repeated_alone(telegram: TelegramStage, zoe: Person) -> None:
    telegram.fake.fail("sendMessage", faults.unanswered(), chat=GROUP)
    await telegram.whisper(zoe, "/suggest A bench")
    telegram.core.clock.move_to(telegram.core.clock.now())  # type: ignore[attr-defined]
    await telegram.deliver()


async def test_menus_of_groups_send_unseen_what_concerns_one_person(telegram: TelegramStage) -> None:
    await telegram.fake.sent("setMyCommands", 8)
    menus = telegram.fake.world.commands
    unseen = {
        scope: {one["command"] for one in shown if one.get("is_ephemeral")} for (scope, _), shown in menus.items()
    }
    members, staff = unseen['{"type": "all_group_chats"}'], unseen[f'{{"chat_id": {-1002}, "type": "chat"}}']
    assert {"problem", "suggest", "mine", "status", "help"} <= members | {"status"}
    assert not {"ask", "top", "setup"} & (members | staff)
    assert "queue" not in staff, "the team reads its queue together"
    assert not unseen['{"type": "all_private_chats"}']


@pytest.mark.parametrize("api", [ephemeral.NONE, ephemeral.FLAT, ephemeral.NESTED])
async def test_whatever_the_server_nobody_else_is_shown_a_receipt(
    telegram: TelegramStage, stranger: Person, api: tuple[int, int]
) -> None:
    telegram.fake.world.ephemerals.api = api
    telegram.fake.world.promote(GROUP, telegram.fake.world.bot)
    for _ in range(2):
        await telegram.write(stranger, "/suggest A bench")
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


def telegram_private(telegram: TelegramStage, person: Person) -> dict[str, object]:
    """Somebody's private chat with the bot."""
    number = telegram.account(person)["id"]
    return {"id": number, "type": "private", "first_name": person.id}
