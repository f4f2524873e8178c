"""Connections reset for longer: it takes as long as the bot waits between two attempts."""

import time
from collections import Counter
from pathlib import Path

import pytest

from storage.vocabulary import Delivery
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.process import FIRST, Bot, FakeProcess
from tests.sockets.running import running, until
from tests.sockets.telegram.test_resets import PEOPLE, resets
from tests.sockets.telegram.test_sending import CAMILLE, became, owe_person

RECEIPTS, LATENCY = 100, 0.03
"""People who write at once; and seconds for which what is sent arrives while its answer is lost."""


@pytest.mark.parametrize("seconds", [1, 4, 15])
def test_through_resets_of_seconds_a_hundred_people_hear_and_few_twice(home: Path, seconds: float) -> None:
    with FakeProcess() as telegram:
        bot = Bot(home, telegram.url)
        bot.start()
        telegram.wait_for_poll()
        telegram.push_ideas(RECEIPTS)
        telegram.wait(lambda state: state["sent"].get("sendMessage", 0) >= RECEIPTS // 10)
        telegram.fail(drop="after", times=None)
        time.sleep(LATENCY)
        telegram.mend()
        telegram.fail(drop="before", times=None)
        time.sleep(seconds)
        telegram.mend()
        telegram.wait_for_answers(range(RECEIPTS), 60)
        time.sleep(5)
        bot.stop()
        heard = Counter(telegram.answered())
        twice = [person for person in range(FIRST, FIRST + RECEIPTS) if heard[person] > 1]
        assert (len(heard), len(twice) <= RECEIPTS * 0.05) == (RECEIPTS, True), f"{len(twice)} heard twice"


async def test_resets_of_everything_while_many_receipts_go_out_silence_nobody(home: Path, fake: FakeTelegram) -> None:
    await resets(home, fake, "*")


async def test_while_answers_are_lost_nothing_more_is_sent_that_could_arrive_twice(
    home: Path, fake: FakeTelegram
) -> None:
    async with running(home, fake) as bot:
        await fake.journal.tried("getUpdates")
        fake.fail("sendMessage", faults.unanswered())
        fake.fail("getMe", faults.dropped(), times=3)
        bot.says(CAMILLE, "/suggest Open later")
        await bot.hears(CAMILLE)
        for person in PEOPLE:
            bot.says(person, "/help")
        await until(lambda: all(bot.heard(person) for person in PEOPLE))
        assert all(len(bot.heard(person)) == 1 for person in PEOPLE)


async def test_news_that_stay_unknown_come_with_the_next_visit(home: Path, fake: FakeTelegram) -> None:
    async with running(home, fake) as bot:
        fake.fail("sendMessage", faults.dropped(), times=None, chat=None)
        number = await owe_person(bot, CAMILLE, "#1 is done.")
        await became(bot, number, Delivery.UNKNOWN)
        fake.faults.clear()
        bot.says(CAMILLE, "/start")
        await until(lambda: any("#1 is done." in call.shown for call in bot.heard(CAMILLE)))
