"""Telegram away, or saying no: the bot says what is wrong once, keeps trying, and goes on when it is over."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from bot.delivery import pauses
from storage.models import Outbox
from storage.traffic import outbox
from tests.sockets.conftest import TOKEN
from tests.sockets.fakes.journal import PATIENCE
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.fakes.telegram.faults import Fault
from tests.sockets.running import running, until

CAMILLE = 11


@pytest.fixture(autouse=True)
def silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "LONGEST_BACKOFF", 0.02)


TROUBLES = (
    (faults.conflict(), "another program asks"),
    (Fault(code=409, description="Conflict: can't use getUpdates method while webhook is active"), "a webhook"),
    (faults.revoked(), "telegram.token"),
    (Fault(code=404, description="Not Found"), "telegram.token"),
    (faults.broken(), "does not answer"),
    (faults.page(), "does not answer"),
    (faults.page(200, "<html>a hotel's login page</html>"), "does not answer"),
    (faults.page(200, '{"ok": true, "result": true}'), "does not answer"),
    (faults.page(200, '{"ok": true, "result": [{"message": 1}]}'), "does not answer"),
    (faults.page(200, "[]"), "trying again"),
)
"""What Telegram, or who is in its place, answers, and what the operator is told."""


async def over(told: Sequence[Mapping[str, object]]) -> None:
    """Wait until the operator is told that a trouble is over."""
    await until(lambda: any(line.get("trouble") == "none any more" for line in told))


async def test_a_trouble_is_explained_once_and_the_bot_goes_on_when_it_is_over(home: Path, fake: FakeTelegram) -> None:
    async with running(home, fake) as bot:
        for number, (fault, words) in enumerate(TROUBLES, 1):
            asked = len(await fake.journal.tried("getUpdates"))
            with capture_logs() as told:
                fake.fail("getUpdates", fault, times=None)
                bot.says(CAMILLE, f"/suggest Open later {number}")
                await fake.journal.tried("getUpdates", asked + 5)
                bot.says(CAMILLE, f"/suggest Close earlier {number}")
                fake.faults.clear()
                await over(told)
                await bot.hears(CAMILLE, count=2 * number)
            first, last = [line["trouble"] for line in told if "trouble" in line]
            assert words in first
            assert last == "none any more"
        said = [
            f"{words} {number}" for number in range(1, len(TROUBLES) + 1) for words in ("Open later", "Close earlier")
        ]
        assert await bot.filed() == said


async def test_the_end_of_a_trouble_is_noticed_though_nobody_writes(home: Path, fake: FakeTelegram) -> None:
    with capture_logs() as told:
        async with running(home, fake, introduced=True):
            await fake.sent("setMyCommands", 4)
            await fake.journal.tried("getUpdates")
            await fake.stop()
            await until(lambda: any("does not answer" in str(line.get("trouble")) for line in told))
            await fake.start()
            await until(lambda: any(line.get("trouble") == "none any more" for line in told))


async def test_without_telegram_at_the_start_it_waits_and_says_so(home: Path, fake: FakeTelegram) -> None:
    await fake.stop()
    with capture_logs() as told:
        async with running(home, fake) as bot:
            await until(lambda: [line for line in told if "does not answer" in str(line.get("trouble"))])
            await until(lambda: bot.telegram._backoff._failures > 3)
            await fake.start()
            bot.says(CAMILLE, "/suggest Open later")
            await bot.hears(CAMILLE, "#1")
    assert len([line for line in told if "does not answer" in str(line.get("trouble"))]) == 1


async def test_a_token_refused_at_the_start_may_come_right(home: Path, fake: FakeTelegram) -> None:
    fake.bad_tokens.add(TOKEN)
    with capture_logs() as told:
        async with running(home, fake) as bot:
            await until(lambda: [line for line in told if "telegram.token" in str(line.get("trouble"))])
            fake.bad_tokens.clear()
            bot.says(CAMILLE, "/help")
            await bot.hears(CAMILLE)
    assert TOKEN.partition(":")[2] not in str(told)


async def test_what_is_owed_during_an_outage_arrives_soon_after_it(home: Path, fake: FakeTelegram) -> None:
    async with running(home, fake) as bot:
        bot.says(CAMILLE, "/help")
        await bot.hears(CAMILLE)
        fake.fail("sendMessage", faults.slow(3600), chat=CAMILLE)
        for number in range(5):
            bot.says(CAMILLE, f"/suggest Idea {number}")
        await fake.journal.tried("sendMessage", 2)
        await bot.quiet()
        await fake.stop()
        await until(lambda: bot.courier._pauses.failures("telegram") > 3)
        waiting = await bot.core.store.read(lambda session: session.exec(select(Outbox)).all())
        assert max(row.attempts for row in waiting) <= 1, "Telegram's absence is no row's fault"
        await fake.start()
        await until(lambda: "#5" in bot.heard(CAMILLE)[-1].shown)
        # The one in flight when the line broke may have come twice; none is missing.
        words = [call.shown for call in bot.heard(CAMILLE)]
        assert all(any(f"#{number}" in shown for shown in words) for number in range(1, 6))
        assert len(words) <= 7
        async with asyncio.timeout(PATIENCE):
            while await bot.core.store.read(outbox.waiting_count):
                await asyncio.sleep(0.002)
