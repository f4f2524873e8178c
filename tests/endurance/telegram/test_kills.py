"""The bot killed again and again at all moments while many write: nothing lost, nothing doubled."""

import random
import time
from pathlib import Path

import pytest

from tests.sockets.process import Bot, FakeProcess

PEOPLE, EACH, KILLS = 50, 8, 25
LATE = (20, 0.4, 3.0)
"""How often the bot is killed later, and at least and at most how many seconds after its start."""


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_nothing_is_lost_and_nothing_doubled(home: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    with FakeProcess() as telegram:
        bot = Bot(home, telegram.url, PORTEVOIX_LIMITS__FILINGS="10000 per minute")
        ideas = telegram.push_ideas(PEOPLE, EACH)
        for _ in range(KILLS):
            bot.start()
            telegram.wait_for_poll()
            time.sleep(chance.uniform(0, 0.3))
            bot.kill()
        bot.start()
        telegram.wait_for_answers(range(PEOPLE), 60)
        telegram.wait(lambda state: not state["pending"], 60)
        bot.settles()
        bot.stop()
        assert sorted(bot.filed()) == sorted(ideas)


def test_killed_up_to_three_seconds_after_its_start_nothing_is_lost_and_nothing_doubled(home: Path) -> None:
    chance, (kills, least, most) = random.Random(0), LATE  # noqa: S311 - moments, not secrets
    with FakeProcess() as telegram:
        bot = Bot(home, telegram.url, PORTEVOIX_LIMITS__FILINGS="10000 per minute")
        ideas = telegram.push_ideas(PEOPLE, EACH)
        for _ in range(kills):
            bot.start()
            time.sleep(chance.uniform(least, most))
            bot.kill()
        bot.start()
        telegram.wait_for_answers(range(PEOPLE), 60)
        telegram.wait(lambda state: not state["pending"], 60)
        bot.settles()
        bot.stop()
        assert sorted(bot.filed()) == sorted(ideas)
