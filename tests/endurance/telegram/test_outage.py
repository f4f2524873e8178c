"""A connection that falls asleep: it takes as long as the bot waits for an answer to its poll."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.telegram.transport.request import AiohttpRequest
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.running import running
from tests.sockets.telegram.test_outage import CAMILLE


async def test_a_stalled_poll_is_asked_again(home: Path, fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.telegram.connection.polling.POLL_SECONDS", 0.2)
    monkeypatch.setattr(AiohttpRequest, "read_timeout", 0.2)
    with capture_logs() as told:
        async with running(home, fake) as bot:
            fake.fail("getUpdates", faults.slow(3600))
            await fake.journal.tried("getUpdates")
            bot.says(CAMILLE, "/help")
            await bot.hears(CAMILLE)
    assert not [line for line in told if "trouble" in line], "a connection that falls asleep once is ordinary"
