"""The bot notes when it is removed from a group, and when it is back."""

from datetime import datetime

import pytest
from telegram.error import BadRequest, Forbidden

from adapters.telegram.outgoing.removal import is_removed
from bot.ports.adapter import Address, Unreachable
from bot.ports.reply import say
from storage.people import communities
from tests.adapters.telegram.stage import GROUP, PLAZA, STAFF, TelegramStage
from tests.sockets.fakes.telegram.faults import kicked
from tests.sockets.updates import user
from tests.stage import Person

BOT = user(123456, "Portevoix")


async def away(telegram: TelegramStage) -> dict[str, datetime | None]:
    found = await telegram.core.store.read(lambda session: communities.places(session, "telegram"))
    return {place.external_id: place.left_at for place in found}


async def becomes(telegram: TelegramStage, new: str, old: str = "member") -> None:
    change = telegram.updates.my_chat_member(PLAZA, user(7, "Ada"), BOT, old, new)
    await telegram.happen(change)


async def test_a_removal_is_noted_and_whoever_adds_it_again_or_writes_there_undoes_that(
    telegram: TelegramStage, mia: Person
) -> None:
    removed, here = {str(GROUP): telegram.core.clock.now(), str(STAFF): None}, dict.fromkeys((str(GROUP), str(STAFF)))
    await becomes(telegram, "kicked")
    assert await away(telegram) == removed
    await becomes(telegram, "member", "kicked")
    assert await away(telegram) == here
    await becomes(telegram, "left")
    assert await away(telegram) == removed
    await telegram.write(mia, "/help")
    assert await away(telegram) == here
    # A message that is refused for it is a removal.
    telegram.fake.fail("sendMessage", kicked())
    with pytest.raises(Unreachable):
        await telegram.telegram.send(Address(str(GROUP), False, "digest:1"), say("The week."))
    assert await away(telegram) == removed


def test_only_a_removal_is_read_as_one() -> None:
    errors = {
        (GROUP, Forbidden("Forbidden: bot was kicked from the supergroup chat")): True,
        (GROUP, Forbidden("Forbidden: bot is not a member of the channel chat")): True,
        (GROUP, BadRequest("Bad Request: not enough rights to send text messages to the chat")): False,
        (101, Forbidden("Forbidden: bot was blocked by the user")): False,
    }
    assert {case: is_removed(*case) for case in errors} == errors
