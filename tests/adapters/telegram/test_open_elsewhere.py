"""Two moderators have an item open in their private chats: what one decides changes the other's message."""

import pytest

from bot.ports.inbound import Role
from tests.adapters.telegram.stage import TelegramStage
from tests.screens import keep_up
from tests.sockets.fakes.telegram.faults import Fault
from tests.stage import Person


@pytest.fixture
def lea(telegram: TelegramStage) -> Person:
    return Person(telegram, "lea", Role.MODERATOR)


async def _look(telegram: TelegramStage) -> None:
    await keep_up(telegram)


async def test_the_message_is_edited_where_it_stands(
    telegram: TelegramStage, zoe: Person, omar: Person, lea: Person
) -> None:
    await zoe.says("/suggest A dark theme")
    await lea.says("/queue 1")
    await omar.says("/queue 1")
    await omar.presses("Planned")
    before = len(await telegram.fake.sent("sendMessage"))
    await _look(telegram)
    edited = (await telegram.fake.sent("editMessageText"))[-1]
    assert edited.chat == telegram.account(lea)["id"]
    lea.hears("Changed meanwhile: #1 is planned.", "Status: planned")
    lea.sees_no("Status: received")
    assert len(await telegram.fake.sent("sendMessage")) == before


async def test_one_that_cannot_be_edited_any_more_brings_no_new_one(
    telegram: TelegramStage, zoe: Person, omar: Person, lea: Person
) -> None:
    await zoe.says("/suggest A dark theme")
    await lea.says("/queue 1")
    await omar.says("/queue 1 planned")
    telegram.fake.fail("editMessageText", Fault(code=400, description="Bad Request: message to edit not found"))
    before = len(await telegram.fake.sent("sendMessage"))
    await _look(telegram)
    assert len(await telegram.fake.sent("sendMessage")) == before
