"""Ephemeral answers over real sockets: what is lost or late on the way is kept, and comes alone."""

from pathlib import Path

import pytest

from storage.traffic import outbox
from tests.sockets.fakes.telegram import FakeTelegram, ephemeral, faults
from tests.sockets.fakes.telegram.faults import Fault
from tests.sockets.running import Running, running, until
from tests.sockets.telegram.test_sending import CAMILLE, GROUP
from tests.sockets.updates import supergroup, user

AGAIN = "Perhaps for the second time:"


def whispers(bot: Running, text: str) -> None:
    who = user(CAMILLE, f"Person {CAMILLE}")
    bot.fake.world.ephemerals.api = ephemeral.NESTED
    bot.fake.push(bot.updates.ephemeral(text, supergroup(GROUP), who))


async def test_an_answer_that_was_perhaps_shown_comes_alone_and_says_so(home: Path, fake: FakeTelegram) -> None:
    async with running(home, fake) as bot:
        fake.fail("sendMessage", faults.unanswered(), chat=GROUP)
        whispers(bot, "/suggest Open later")
        await bot.hears(CAMILLE, "#1", AGAIN)
        await until(lambda: not bot.courier._lanes)
        assert await bot.filed() == ["Open later"]


@pytest.mark.parametrize("fault", [faults.flooded(3_000), faults.broken(), faults.kicked(), faults.revoked()])
async def test_what_the_group_does_not_take_just_now_comes_alone_at_once(
    home: Path, fake: FakeTelegram, fault: Fault
) -> None:
    async with running(home, fake) as bot:
        fake.fail("sendMessage", fault, chat=GROUP)
        whispers(bot, "/suggest Open later")
        (told,) = await bot.hears(CAMILLE, "#1")
        assert AGAIN not in told.shown
        await until(lambda: not bot.courier._lanes)
        assert not await bot.core.store.read(outbox.undelivered)


async def test_what_was_sent_unseen_before_a_start_is_answered_alone_after_it(home: Path, fake: FakeTelegram) -> None:
    async with running(home, fake) as bot:
        await fake.journal.tried("getUpdates")
    fake.world.ephemerals.window = -1
    whispers(bot, "/suggest Open later")
    async with running(home, fake) as bot:
        await bot.hears(CAMILLE, "#1")
        assert not [number for chat, number in fake.world.messages if chat == GROUP]


async def test_a_server_that_does_not_answer_the_question_is_asked_again(home: Path, fake: FakeTelegram) -> None:
    """Until it does, the way to an answer is shown as ever."""
    async with running(home, fake) as bot:
        await fake.journal.tried("getUpdates")
        fake.world.ephemerals.api = ephemeral.NESTED
        fake.world.promote(GROUP, fake.world.bot)
        fake.fail("sendMessage", faults.not_started(), times=None, chat=CAMILLE)
        fake.fail("deleteEphemeralMessage", faults.broken(), times=2)
        who = user(CAMILLE, f"Person {CAMILLE}")
        for words in ("Open later", "A dark theme"):
            fake.push(bot.updates.message(f"/suggest {words}", supergroup(GROUP), who))
            count = len(bot.heard(GROUP)) + 1
            await bot.hears(GROUP, count=count)
        hint, receipt = bot.heard(GROUP)
        assert hint.shown.startswith("The team has it.")
        assert "Got it: suggestion #2." in receipt.shown
        assert receipt.message["receiver_user"]["id"] == CAMILLE
