"""What became several messages, or was shown to one person alone in a group, stays true like all else."""

from collections.abc import AsyncIterator

import pytest

from bot.core import Core
from bot.ports.adapter import Address
from bot.ports.inbound import Role
from bot.ports.reply import Button, Buttons, Paragraph, Reply
from tests.adapters.telegram.stage import GROUP, PLAZA, STAFF, TelegramStage, telegram_stage
from tests.clock import StillClock
from tests.screens import keep_up
from tests.stage import Person

LONG = "a very long line of a digest "


def digest(*words: str) -> Reply:
    return Reply((*map(Paragraph, words), Buttons((Button("Read", token="t"),))), private=False)


async def test_what_became_several_messages_is_edited_in_each(telegram: TelegramStage) -> None:
    to = Address(str(STAFF), False, "digest:1:now:1")
    message = await telegram.telegram.send(to, digest("One " + LONG * 150, "Two " + LONG * 50))
    assert len(message.split()) == 2
    again = Address(str(STAFF), False, "screen:1", edits=message, edits_only=True)
    await telegram.telegram.send(again, digest("One " + LONG * 150, "By now " + LONG * 50))
    (edited,) = await telegram.fake.sent("editMessageText")
    assert "By now" in edited.shown


async def test_one_that_is_not_needed_any_more_is_taken_away(telegram: TelegramStage) -> None:
    to = Address(str(STAFF), False, "digest:1:now:1")
    message = await telegram.telegram.send(to, digest("One " + LONG * 150, "Two " + LONG * 50))
    await telegram.telegram.send(
        Address(str(STAFF), False, "screen:1", edits=message, edits_only=True), digest("All is decided.")
    )
    assert (await telegram.fake.sent("editMessageText"))[-1].shown == "All is decided."
    assert len(await telegram.fake.sent("deleteMessage")) == 1


async def test_a_long_open_card_shows_the_decision(telegram: TelegramStage, zoe: Person, omar: Person) -> None:
    await zoe.says("/suggest " + "Longer opening hours on Sundays. " * 122)
    await omar.says("/status 1")
    await keep_up(telegram)
    await omar.says("/queue 1 done")
    await keep_up(telegram)
    omar.sees_no("Status: received")


async def test_the_latest_list_in_a_group_shows_support_once_a_minute(
    telegram: TelegramStage, zoe: Person, ines: Person, clock: StillClock
) -> None:
    async def standing() -> list[str]:
        await keep_up(telegram)
        there = (one["text"] for (chat, _), one in telegram.fake.world.messages.items() if chat == GROUP)
        return ["1" if "1 supporter" in text else "0" for text in there if "Most supported" in text]

    await zoe.says("/suggest A bench")
    for _ in range(2):
        await telegram.write(zoe, "/top@portevoix_bot", PLAZA)
    assert await standing() == ["0", "0"]
    await ines.says("/support 1")
    assert await standing() == ["0", "1"]
    await ines.says("/support 1")
    assert await standing() == ["0", "1"]
    clock.forward(minutes=1)
    assert await standing() == ["0", "0"]


@pytest.fixture
async def unseen(core: Core) -> AsyncIterator[TelegramStage]:
    async with telegram_stage(core, unseen=True) as stage:
        yield stage


async def test_a_receipt_that_nobody_else_sees_in_the_group_says_what_was_decided(unseen: TelegramStage) -> None:
    zoe, omar = Person(unseen, "zoe"), Person(unseen, "omar", Role.MODERATOR)
    await zoe.says("/suggest A dark theme")
    await keep_up(unseen)
    assert [text for text in unseen.stands(zoe) if "The decision will come here" in text]
    await unseen.restart()
    await omar.says("/queue 1 planned")
    await keep_up(unseen)
    zoe.sees_no("The decision will come here")
    assert [text for text in unseen.stands(zoe) if "It is planned by now" in text]
