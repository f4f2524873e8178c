"""The bot in a process of its own, killed, and another in its place; `make endurance` kills it at all moments."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.process import FIRST, Bot
from tests.sockets.running import running, until
from tests.sockets.updates import Updates, private, user

QUEUED = 60


@pytest.fixture
def bot(home: Path, fake: FakeTelegram) -> Iterator[Bot]:
    bot = Bot(home, fake.url)
    yield bot
    bot.kill()


async def test_killed_with_queued_updates_nothing_is_lost_and_nothing_doubled(
    home: Path, fake: FakeTelegram, bot: Bot
) -> None:
    updates, people = Updates(), [user(FIRST + number) for number in range(QUEUED)]
    fake.push(*(updates.message(f"/suggest Idea {number}", private(who), who) for number, who in enumerate(people)))
    bot.start()
    # Telegram will not tell of them again, and hardly any is answered yet.
    await until(lambda: len(fake.queue.confirmed) == QUEUED)
    bot.kill()
    async with running(home, fake) as another:
        await until(lambda: all(another.heard(who["id"]) for who in people))
        await another.quiet()
        assert sorted(await another.filed()) == sorted(f"Idea {number}" for number in range(QUEUED))
