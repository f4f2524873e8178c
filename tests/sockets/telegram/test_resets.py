"""Connections reset while messages go out: everybody hears, digests and news too, and a repeat says what it is."""

from pathlib import Path

from bot.ports.reply import say
from storage.traffic import outbox
from storage.vocabulary import Delivery
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.running import running, until
from tests.sockets.telegram.test_sending import CAMILLE, GROUP, became, owe, owe_person

PEOPLE = range(100, 130)
LOST = [faults.dropped(), faults.unanswered()]
AGAIN = "Perhaps for the second time:"


async def test_resets_while_many_receipts_go_out_silence_nobody(home: Path, fake: FakeTelegram) -> None:
    await resets(home, fake, "sendMessage")


async def resets(home: Path, fake: FakeTelegram, method: str) -> None:
    """Reset connections while everybody is to hear something, and look whether each heard it once."""
    async with running(home, fake) as bot:
        await fake.journal.tried("getUpdates")
        fake.fail(method, faults.dropped(), times=3 * len(PEOPLE))
        for person in PEOPLE:
            bot.says(person, f"/suggest Idea of {person}")
        await until(lambda: all(bot.heard(person) for person in PEOPLE))
        await until(lambda: not bot.courier._lanes)
        assert all(len(bot.heard(person)) == 1 for person in PEOPLE)
        assert not await bot.core.store.read(outbox.undelivered)


async def test_a_receipt_whose_answer_was_lost_says_that_it_may_be_the_second(home: Path, fake: FakeTelegram) -> None:
    async with running(home, fake) as bot:
        fake.fail("sendMessage", faults.unanswered())
        bot.says(CAMILLE, "/suggest Open later")
        first, second = await bot.hears(CAMILLE, "#1", AGAIN, count=2)
        assert AGAIN not in first.shown
        assert second.shown.endswith(first.shown)


async def test_news_whose_answer_was_lost_come_again_and_a_digest_is_repeated_once_and_marked(
    home: Path, fake: FakeTelegram
) -> None:
    async with running(home, fake) as bot:
        await fake.journal.tried("getUpdates")
        for person, place, fault in zip((CAMILLE, CAMILLE + 1), (str(GROUP), f"{GROUP}:7"), LOST, strict=True):
            before = len(bot.heard(GROUP))
            fake.fail("sendMessage", fault)
            await became(bot, await owe_person(bot, person, "#1 is done."), Delivery.SENT)
            assert AGAIN in bot.heard(person)[-1].shown
            fake.fail("sendMessage", fault)
            await became(bot, await owe(bot, say("The digest."), place), Delivery.SENT)
            assert AGAIN in bot.heard(GROUP)[-1].shown
            assert len(bot.heard(GROUP)) == before + 1 + (fault.drop == "after")


async def test_a_digest_lost_twice_waits_for_the_operator_who_can_repeat_it(home: Path, fake: FakeTelegram) -> None:
    async with running(home, fake) as bot:
        await fake.journal.tried("getUpdates")
        fake.fail("sendMessage", faults.unanswered(), times=2)
        number = await owe(bot, say("The digest."))
        left = await became(bot, number, Delivery.UNKNOWN)
        assert "lost" in left.error
        assert len(bot.heard(GROUP)) == 2
        await bot.core.store.write(lambda session: outbox.retry(session, number, bot.core.clock.now()))
        bot.core.debts.notify()
        await became(bot, number, Delivery.SENT)
