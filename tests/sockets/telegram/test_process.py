"""The bot in a process of its own, killed and stopped once; `make endurance` kills it at all moments."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sockets.process import Bot, FakeProcess

QUEUED = 20


@pytest.fixture
def telegram() -> Iterator[FakeProcess]:
    with FakeProcess() as telegram:
        yield telegram


@pytest.fixture
def bot(home: Path, telegram: FakeProcess) -> Iterator[Bot]:
    bot = Bot(home, telegram.url)
    yield bot
    bot.kill()


def test_killed_with_queued_updates_and_then_stopped_nothing_is_lost_and_nothing_doubled(
    telegram: FakeProcess, bot: Bot
) -> None:
    ideas = telegram.push_ideas(QUEUED)
    bot.start()
    telegram.wait(lambda state: state["sent"].get("sendMessage", 0) >= 5)
    bot.kill()
    bot.start()
    telegram.wait_for_poll()
    telegram.wait_for_answers(range(QUEUED))
    # How soon is measured where nothing else runs: `make endurance`.
    assert bot.stop() == 0
    assert sorted(bot.filed()) == sorted(ideas)
