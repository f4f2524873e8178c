"""What Telegram's own faults set aside is handled again while the bot runs, and what the operator lets go on."""

from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from telegram.error import TelegramError

from adapters.telegram.incoming import intake, revisits
from bot.ports.adapter import Handle
from bot.ports.inbound import Inbound
from bot.ports.reply import Reply
from storage.traffic import inbox
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.running import running, until

CAMILLE = 11


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits that a test can see the end of."""
    monkeypatch.setattr(intake, "RETRY_SECONDS", ())
    monkeypatch.setattr(revisits, "EVERY", 0.01)
    monkeypatch.setattr(revisits, "OLDER", timedelta())
    monkeypatch.setattr(revisits, "WAITS", (0.01, 0.01))


class Failing:
    """A handler that fails so many times before it works."""

    def __init__(self, times: int, error: Exception) -> None:
        self.left, self.error = times, error

    def __call__(self, handle: Handle) -> Handle:
        async def handling(inbound: Inbound) -> Reply | None:
            if self.left > 0:
                self.left -= 1
                raise self.error
            return await handle(inbound)

        return handling


async def test_a_fault_of_telegram_s_that_passes_loses_nothing(home: Path, fake: FakeTelegram) -> None:
    with capture_logs():
        async with running(home, fake, Failing(2, TelegramError("Bad Gateway"))) as bot:
            bot.says(CAMILLE, "/suggest Open later")
            await until(lambda: any("#1" in call.shown for call in bot.heard(CAMILLE)))
            assert await bot.filed() == ["Open later"]
            assert await bot.core.store.read(inbox.parked) == []


async def test_a_fault_that_stays_is_left_to_the_operator_who_needs_no_new_start(
    home: Path, fake: FakeTelegram
) -> None:
    broken = Failing(3, TelegramError("Bad Gateway"))
    with capture_logs():
        async with running(home, fake, broken) as bot:
            bot.says(CAMILLE, "/suggest Open later")
            await until(lambda: broken.left == 0)
            await bot.quiet()
            (aside,) = await bot.core.store.read(inbox.parked)
            assert await bot.core.store.write(lambda session: inbox.unpark(session, aside.event_id))
            await until(lambda: any("#1" in call.shown for call in bot.heard(CAMILLE)))
            assert await bot.filed() == ["Open later"]
