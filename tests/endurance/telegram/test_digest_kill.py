"""A digest that was on its way when the bot was killed comes once more, marked: it takes as long as the bot waits."""

from pathlib import Path

from bot.ports.reply import say
from storage.vocabulary import Delivery
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.running import running, until
from tests.sockets.telegram.test_resets import AGAIN
from tests.sockets.telegram.test_sending import CAMILLE, GROUP, owe, row


async def test_a_digest_on_its_way_when_the_bot_was_killed_is_repeated_once_and_marked(
    home: Path, fake: FakeTelegram
) -> None:
    async with running(home, fake) as bot:
        await fake.journal.tried("getUpdates")
        fake.fail("sendMessage", faults.slow(3600), times=2)
        number = await owe(bot, say("The digest."))
        await fake.journal.tried("sendMessage")
        assert (await row(bot, number)).state is Delivery.UNKNOWN, "what a killed bot would leave behind"
    async with running(home, fake) as bot:
        await until(lambda: len(bot.heard(GROUP)) == 2)
        assert AGAIN in bot.heard(GROUP)[-1].shown
    async with running(home, fake) as bot:
        bot.says(CAMILLE, "/help")
        await bot.hears(CAMILLE)
        assert (await row(bot, number)).state is Delivery.UNKNOWN
        assert len(bot.heard(GROUP)) == 2
