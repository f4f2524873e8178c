"""Over the line: direct messages of while the bot was away are found again, and new words come as an edit."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.sockets.discord.events import JSON, Events, direct
from tests.sockets.discord.running import CAMILLE, Running, plaza, running
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.running import until

ALONE = direct(99 << 22, CAMILLE)
EVENTS = Events()


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with plaza() as fake:
        yield fake
        assert fake.journal.unknown == []


def write(fake: FakeDiscord, text: str) -> JSON:
    """Camille writes to the bot alone, whether or not it is there."""
    event = EVENTS.message(text, ALONE, CAMILLE)
    fake.push(event)
    found: JSON = event["d"]
    return found


def answers(bot: Running) -> list[str]:
    """What the bot wrote to Camille alone."""
    return [one["content"] for one in bot.fake.world.messages[int(ALONE["id"])].values() if one["author"].get("bot")]


async def test_direct_messages_of_while_the_process_was_down_are_answered_once(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        write(fake, "/mine")
        await until(lambda: len(answers(bot)) == 1)
    write(fake, "/suggest Open later")
    write(fake, "/suggest Close earlier")
    async with running(home, fake) as bot:
        await until(lambda: len(answers(bot)) == 3)
        assert await bot.filed() == ["Open later", "Close earlier"]
    async with running(home, fake) as bot:
        await fake.sent("get_messages", 2)
        write(fake, "/suggest Sunday opening")
        await until(lambda: len(answers(bot)) == 4)
        assert await bot.filed() == ["Open later", "Close earlier", "Sunday opening"]


async def test_what_is_told_live_does_not_wait_for_what_was_missed(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        write(fake, "/mine")
        await until(lambda: len(answers(bot)) == 1)
    write(fake, "/mine")
    fake.fail("get_messages", faults.slow(2))
    async with running(home, fake) as bot:
        await fake.sent("get_messages")
        bot.uses("suggest", text="Open later")
        await fake.sent("callback")
        assert len(answers(bot)) == 1


async def test_new_words_for_a_direct_message_are_offered_as_an_edit(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake):
        message = write(fake, "/suggest Open lately")
        await fake.sent("create_message")
        anew = {"content": "/suggest Open later", "edited_timestamp": datetime.now(UTC).isoformat()}
        for told in ({}, anew, anew):
            fake.push({"t": "MESSAGE_UPDATE", "d": {**message, **told}})
        _, offered = await fake.sent("create_message", 2)
        assert "You changed your message. Should #1 read like this now?" in offered.payload["content"]
