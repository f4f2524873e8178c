"""The bot in a process of its own on Discord: stopped amid its answers after an outage, and refused."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sockets.discord.client import TOKEN
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.process import Bot
from tests.sockets.test_process import SOON, ideas, on_discord


@pytest.fixture
def bot(home: Path, fake: FakeDiscord) -> Iterator[Bot]:
    bot = Bot(home, fake.url, PORTEVOIX_TELEGRAM__TOKEN="", **on_discord(fake))
    yield bot
    if bot.process.poll() is None:
        bot.kill()


async def said(bot: Bot, words: str) -> None:
    await asyncio.to_thread(bot.said, words)


async def test_without_discord_it_waits_and_says_so_then_works_and_sigterm_stops_it_with_its_answers_given(
    fake: FakeDiscord, bot: Bot
) -> None:
    await fake.stop()
    bot.start()
    await said(bot, "does not answer")
    await fake.start()
    await said(bot, "none any more")
    fake.fail("callback", faults.slow(0.3))
    given = ideas(fake, 3)
    await fake.journal.tried("callback", 1, SOON)
    assert await asyncio.to_thread(bot.stops_in_time)
    assert sorted(await asyncio.to_thread(bot.filed)) == sorted(given)
    assert not [one for one in fake.world.interactions.values() if not one.original]


async def test_a_refused_token_is_one_clear_line_and_the_end(fake: FakeDiscord, bot: Bot) -> None:
    fake.bad_tokens.add(TOKEN)
    bot.start()
    assert await asyncio.to_thread(bot.process.wait, SOON) == 2
    await said(bot, "Discord refuses the token: set discord.token (PORTEVOIX_DISCORD__TOKEN)")
    log = bot._log.read_text()
    assert "Traceback" not in log
    assert TOKEN not in log
    assert fake.journal.invalid == 1
