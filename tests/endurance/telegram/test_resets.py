"""Connections reset for longer: it takes as long as the bot waits between two attempts."""

from pathlib import Path

from storage.vocabulary import Delivery
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.running import running, until
from tests.sockets.telegram.test_resets import PEOPLE, resets
from tests.sockets.telegram.test_sending import CAMILLE, became, owe_person


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
