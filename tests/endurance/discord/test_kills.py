"""The bot on Discord killed again and again at all moments: what was answered is stored once, letters are not lost."""

import asyncio
import contextlib
import random
from collections import Counter
from pathlib import Path

import pytest

from tests.sockets.discord.client import TOKEN
from tests.sockets.discord.events import JSON, Events, direct, user
from tests.sockets.discord.running import GENERAL, plaza
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.process import Bot
from tests.sockets.running import until
from tests.words import strange

PEOPLE = [user(100 + number, f"person{number}") for number in range(20)]
CHANNELS = [direct((1_000 + number) << 22, who) for number, who in enumerate(PEOPLE)]
KILLS = 25
LATE = (20, 0.4, 3.0)
"""How often the bot is killed later, and at least and at most how many seconds after its start."""
SOON = 600.0
"""Seconds at most until all is caught up: minutes where the machine has much else to do."""
EVENTS = Events()


def bot_on(home: Path, fake: FakeDiscord) -> Bot:
    own = {"TOKEN": TOKEN, "API_URL": fake.api_url, "GATEWAY_URL": fake.gateway_url}
    discord = {f"PORTEVOIX_DISCORD__{name}": value for name, value in own.items()}
    limits = {f"PORTEVOIX_LIMITS__{name}": "100000 per minute" for name in ("FILINGS", "COMMANDS")}
    return Bot(home, fake.url, PORTEVOIX_TELEGRAM__TOKEN="", PORTEVOIX_LIMITS__OPEN_ITEMS="100000", **discord, **limits)


def write(fake: FakeDiscord, turn: int) -> list[str]:
    """Let everybody use a command and write a letter; returns the letters."""
    for number, who in enumerate(PEOPLE):
        fake.push(EVENTS.slash("suggest", {"text": strange(f"Idea {turn}.{number}")}, GENERAL, who))
    letters = [strange(f"Letter {turn}.{number}") for number in range(len(PEOPLE))]
    for letter, who, where in zip(letters, PEOPLE, CHANNELS, strict=True):
        fake.push(EVENTS.message(f"/suggest {letter}", where, who))
    return letters


async def meet(fake: FakeDiscord, bot: Bot) -> list[str]:
    """Let a bot that nobody kills hear everybody once, so that it knows the chats in which it may be missed."""
    before = fake.gateway.seen["identify"]
    bot.start()
    await until(lambda: fake.gateway.seen["identify"] > before, SOON)
    letters = write(fake, KILLS)
    await until(lambda: all(receipts(fake, one) for one in CHANNELS), SOON)
    await asyncio.to_thread(bot.kill)
    return letters


def answered(fake: FakeDiscord) -> list[str]:
    """The ideas whose command showed an answer."""
    return [one.data["data"]["options"][0]["value"] for one in fake.world.interactions.values() if one.original]


def receipts(fake: FakeDiscord, channel: JSON) -> int:
    """How many messages the bot wrote in a channel."""
    return sum(one["author"]["bot"] for one in fake.world.messages[int(channel["id"])].values())


@pytest.mark.parametrize("seed", range(2))
async def test_killed_at_any_moment_nothing_answered_is_lost_and_nothing_is_doubled(home: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    async with plaza() as fake:
        bot = bot_on(home, fake)
        letters = await meet(fake, bot)
        for turn in range(KILLS):
            before = fake.gateway.seen["identify"]
            bot.start()
            await until(lambda before=before: fake.gateway.seen["identify"] > before, SOON)  # type: ignore[misc]
            letters += write(fake, turn)
            await asyncio.sleep(chance.uniform(0, 0.4))
            await asyncio.to_thread(bot.kill)
        bot.start()
        await until(lambda: all(receipts(fake, one) > KILLS for one in CHANNELS), SOON)
        assert await asyncio.to_thread(bot.stops_in_time)
        kept = Counter(await asyncio.to_thread(bot.filed))
        assert max(kept.values()) == 1
        assert set(answered(fake)) <= set(kept)
        assert set(letters) <= set(kept)
        assert max(receipts(fake, one) for one in CHANNELS) <= 2 * KILLS + 1, "one more for each kill at most"


async def test_killed_up_to_three_seconds_after_its_start_nothing_is_lost_and_nothing_doubled(home: Path) -> None:
    chance, (kills, least, most) = random.Random(0), LATE  # noqa: S311 - moments, not secrets
    async with plaza() as fake:
        bot = bot_on(home, fake)
        letters = await meet(fake, bot)
        for turn in range(kills):
            before, moment = fake.gateway.seen["identify"], chance.uniform(least, most)
            bot.start()
            with contextlib.suppress(AssertionError):
                await until(lambda before=before: fake.gateway.seen["identify"] > before, moment)  # type: ignore[misc]
                # What is said before would reach nobody: Discord keeps nothing for a bot that is not there.
                letters += write(fake, turn)
                await asyncio.sleep(chance.uniform(0, 0.4))
            await asyncio.to_thread(bot.kill)
        before = fake.gateway.seen["identify"]
        bot.start()
        await until(lambda: fake.gateway.seen["identify"] > before, SOON)
        letters += write(fake, KILLS + 1)
        await until(lambda: all(receipts(fake, one) >= len(letters) / len(CHANNELS) for one in CHANNELS), SOON)
        assert await asyncio.to_thread(bot.stops_in_time)
        kept = Counter(await asyncio.to_thread(bot.filed))
        assert max(kept.values()) == 1
        assert set(answered(fake)) <= set(kept)
        assert set(letters) <= set(kept)
