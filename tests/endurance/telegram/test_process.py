"""The bot in a process of its own: killed twice, stopped amid its work, and stopped while Telegram is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sockets.process import Bot, FakeProcess
from tests.sockets.test_process import QUEUED


@pytest.fixture
def telegram() -> Iterator[FakeProcess]:
    with FakeProcess() as telegram:
        yield telegram


@pytest.fixture
def bot(home: Path, telegram: FakeProcess) -> Iterator[Bot]:
    bot = Bot(home, telegram.url)
    yield bot
    bot.kill()


def test_killed_twice_with_queued_updates_nothing_is_lost_and_nothing_doubled(telegram: FakeProcess, bot: Bot) -> None:
    ideas = telegram.push_ideas(QUEUED)
    for moment in (lambda state: state["confirmed"], lambda state: state["sent"].get("sendMessage", 0) >= 5):
        bot.start()
        telegram.wait(moment)
        bot.kill()
    bot.start()
    telegram.wait_for_answers(range(QUEUED))
    bot.stop()
    assert sorted(bot.filed()) == sorted(ideas)


def test_sigterm_stops_it_within_five_seconds_and_loses_nothing(telegram: FakeProcess, bot: Bot) -> None:
    ideas = telegram.push_ideas(QUEUED)
    bot.start()
    telegram.wait(lambda state: state["sent"].get("sendMessage", 0) >= 1)
    assert bot.stops_in_time()
    bot.start()
    telegram.wait_for_answers(range(QUEUED))
    bot.stop()
    assert sorted(bot.filed()) == sorted(ideas)


def test_sigterm_stops_a_bot_that_waits_for_telegram(telegram: FakeProcess, bot: Bot) -> None:
    telegram.stop()
    bot.start()
    bot.said("does not answer")
    assert bot.stops_in_time()
