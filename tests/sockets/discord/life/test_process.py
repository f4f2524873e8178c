"""The bot in a process of its own on Discord, killed, and another in its place; `make endurance` kills it anywhere."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.sockets.discord.client import TOKEN
from tests.sockets.discord.events import JSON, Events, direct, user
from tests.sockets.discord.running import GENERAL, plaza, running
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.process import Bot
from tests.sockets.running import until
from tests.words import strange

PEOPLE = [user(100 + number, f"person{number}") for number in range(20)]
SOON = 60.0
UNDELIVERED = 5
"""How many letters cannot be answered before the bot is killed."""
EVENTS = Events()


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with plaza() as fake:
        yield fake


@pytest.fixture
async def bot(home: Path, fake: FakeDiscord) -> AsyncIterator[Bot]:
    own = {"TOKEN": TOKEN, "API_URL": fake.api_url, "GATEWAY_URL": fake.gateway_url}
    discord = {f"PORTEVOIX_DISCORD__{name}": value for name, value in own.items()}
    bot = Bot(home, fake.url, PORTEVOIX_TELEGRAM__TOKEN="", **discord)
    yield bot
    if bot.process.poll() is None:
        bot.kill()


def ideas(fake: FakeDiscord, count: int = len(PEOPLE)) -> list[str]:
    """Let everybody, or the first few, suggest something by command."""
    for number, who in enumerate(PEOPLE[:count]):
        fake.push(EVENTS.slash("suggest", {"text": strange(number)}, GENERAL, who))
    return [strange(number) for number in range(count)]


def letters(fake: FakeDiscord) -> list[JSON]:
    """Let everybody suggest something in a direct message; returns the channels."""
    channels = [direct((1_000 + number) << 22, who) for number, who in enumerate(PEOPLE)]
    for number, (where, who) in enumerate(zip(channels, PEOPLE, strict=True)):
        fake.push(EVENTS.message(f"/suggest {strange(1000 + number)}", where, who))
    return channels


def receipts(fake: FakeDiscord, channel: JSON) -> list[str]:
    """What the bot wrote in a channel."""
    messages = fake.world.messages[int(channel["id"])].values()
    return [one["content"] for one in messages if one["author"]["bot"]]


async def test_killed_amid_interactions_and_deliveries_each_is_stored_once_and_delivered_once(
    home: Path, fake: FakeDiscord, bot: Bot
) -> None:
    bot.start()
    await until(lambda: fake.gateway.sessions, SOON)
    given = ideas(fake)
    await fake.sent("callback", 5, SOON)
    for number in range(UNDELIVERED):
        fake.fail("create_message", faults.broken(), times=None, channel=1_000 + number << 22)
    channels = letters(fake)
    await fake.sent("create_message", 3, SOON)
    bot.kill()
    fake.faults.clear()
    # Somebody whom it has answered writes again while there is no bot.
    number = next(number for number, one in enumerate(channels) if receipts(fake, one))
    fake.push(EVENTS.message(f"/suggest {strange(2000)}", channels[number], PEOPLE[number]))
    async with running(home, fake) as another:
        await until(lambda: all(receipts(fake, one) for one in channels), SOON)
        await until(lambda: len(receipts(fake, channels[number])) == 2, SOON)
        kept = await another.filed()
    assert len(kept) == len(set(kept))
    written = {strange(2000), *(strange(1000 + place) for place in range(len(PEOPLE)))}
    assert written <= set(kept) <= {*given, *written}
    shown = [one.data["data"]["options"][0]["value"] for one in fake.world.interactions.values() if one.original]
    assert len(shown) >= 5
    assert set(shown) <= set(kept), "what was answered is kept"
    assert [len(receipts(fake, one)) for one in channels] == [1 + (place == number) for place in range(len(channels))]
