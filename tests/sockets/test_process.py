"""The bot in a process of its own, killed, and another in its place; `make endurance` kills it at all moments."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.sockets.discord.client import TOKEN
from tests.sockets.discord.events import JSON, Events, direct
from tests.sockets.discord.events import user as account
from tests.sockets.discord.running import GENERAL, plaza
from tests.sockets.discord.running import running as running_on_discord
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.process import FIRST, Bot
from tests.sockets.running import running, until
from tests.sockets.updates import Updates, private, user
from tests.words import strange

QUEUED = 60
"""How many write on Telegram."""
PEOPLE = [account(100 + number, f"person{number}") for number in range(20)]
"""Who write on Discord."""
SOON = 60.0
UNDELIVERED = 5
"""How many letters cannot be answered before the bot is killed."""
EVENTS = Events()


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with plaza() as fake:
        yield fake


@pytest.fixture
def bot(home: Path, fake: FakeTelegram, discord: FakeDiscord) -> Iterator[Bot]:
    bot = Bot(home, fake.url, **on_discord(discord))
    yield bot
    if bot.process.poll() is None:
        bot.kill()


def queue(fake: FakeTelegram) -> list[int]:
    """Let many suggest something on Telegram at once; returns who."""
    updates, people = Updates(), [user(FIRST + number) for number in range(QUEUED)]
    fake.push(*(updates.message(f"/suggest Idea {number}", private(who), who) for number, who in enumerate(people)))
    return [who["id"] for who in people]


def ideas(fake: FakeDiscord, count: int = len(PEOPLE)) -> list[str]:
    """Let everybody, or the first few, suggest something by command."""
    for number, who in enumerate(PEOPLE[:count]):
        fake.push(EVENTS.slash("suggest", {"text": strange(number)}, GENERAL, who))
    return [strange(number) for number in range(count)]


def on_discord(fake: FakeDiscord) -> dict[str, str]:
    """The settings of a bot on a fake."""
    own = {"TOKEN": TOKEN, "API_URL": fake.api_url, "GATEWAY_URL": fake.gateway_url}
    return {f"PORTEVOIX_DISCORD__{name}": value for name, value in own.items()}


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


async def test_killed_amid_updates_interactions_and_deliveries_each_is_stored_once_and_delivered_once(
    home: Path, fake: FakeTelegram, discord: FakeDiscord, bot: Bot
) -> None:
    bot.start()
    await until(lambda: discord.gateway.sessions, SOON)
    given = ideas(discord)
    await discord.sent("callback", 5, SOON)
    for number in range(UNDELIVERED):
        discord.fail("create_message", faults.broken(), times=None, channel=1_000 + number << 22)
    channels, people = letters(discord), queue(fake)
    await discord.sent("create_message", 3, SOON)
    # Telegram will not tell of them again, and hardly any is answered yet.
    await until(lambda: len(fake.queue.confirmed) == QUEUED, SOON)
    bot.kill()
    discord.faults.clear()
    # Somebody whom it has answered writes again while there is no bot.
    number = next(number for number, one in enumerate(channels) if receipts(discord, one))
    discord.push(EVENTS.message(f"/suggest {strange(2000)}", channels[number], PEOPLE[number]))
    async with running_on_discord(home, discord):
        await until(lambda: all(receipts(discord, one) for one in channels), SOON)
        await until(lambda: len(receipts(discord, channels[number])) == 2, SOON)
    async with running(home, fake) as more:
        await until(lambda: all(more.heard(who) for who in people))
        await more.quiet()
        kept = await more.filed()
    queued = sorted(text for text in kept if text.startswith("Idea "))
    assert queued == sorted(f"Idea {number}" for number in range(QUEUED))
    assert len(kept) == len(set(kept))
    written = {strange(2000), *(strange(1000 + place) for place in range(len(PEOPLE)))}
    assert written <= set(kept) - set(queued) <= {*given, *written}
    shown = [one.data["data"]["options"][0]["value"] for one in discord.world.interactions.values() if one.original]
    assert len(shown) >= 5
    assert set(shown) <= set(kept), "what was answered is kept"
    assert [len(receipts(discord, one)) for one in channels] == [1 + (at == number) for at in range(len(channels))]
