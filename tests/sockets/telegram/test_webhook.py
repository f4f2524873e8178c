"""The webhook over real sockets: the same durable path, and an answer to whatever is brought."""

import asyncio
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from adapters.telegram import create
from adapters.telegram.connection import client
from bot.clock import SystemClock
from bot.dispatch.app import App
from bot.dispatch.policy import Policy
from bot.errors import OperatorError
from bot.operations.assembly import open_core
from storage.traffic import inbox
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.raw import free_port
from tests.sockets.running import running, settings_for, until
from tests.sockets.telegram.test_polling import refuse
from tests.sockets.updates import private, user

CAMILLE = 11
SECRET = "a-secret_9"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
BODIES: list[tuple[object, int]] = [
    (b"", 400),
    (b"{", 400),
    (b"\xff\xfe", 400),
    (b"[" * 100_000, 400),
    ([1, 2], 400),
    ("words", 400),
    (None, 400),
    ({}, 400),
    ({"update_id": "5"}, 400),
    ({"update_id": True}, 400),
    ({"update_id": 1.5}, 400),
    (b" " * 1_100_000, 413),
    ({"update_id": 7, "message": "no message"}, 200),
]
"""What is brought, and how it is answered."""


@pytest.fixture
def hook() -> dict[str, Any]:
    """Settings of a bot that waits for updates."""
    port = free_port()
    return {
        "mode": "webhook",
        "webhook_listen": f"127.0.0.1:{port}",
        "webhook_url": f"http://127.0.0.1:{port}/telegram",
        "webhook_secret": SECRET,
    }


async def brought(
    hook: dict[str, Any], body: object, secret: str | None = SECRET, method: str = "POST", **more: str
) -> int:
    """Bring something to the webhook; returns the answer's status."""
    data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
    headers = {**more, **({} if secret is None else {HEADER: secret})}
    url = hook["webhook_url"]
    async with aiohttp.ClientSession() as session, session.request(method, url, data=data, headers=headers) as answer:
        assert "Traceback" not in await answer.text()
        return answer.status


async def test_updates_that_are_brought_are_handled_also_of_a_flood_and_a_taken_address_is_an_operators_matter(
    home: Path, fake: FakeTelegram, hook: dict[str, Any]
) -> None:
    async with running(home, fake, **hook) as bot:
        bot.says(CAMILLE, "/suggest Open later")
        await bot.hears(CAMILLE, "#1")
        assert await bot.filed() == ["Open later"]
        (call,) = await fake.sent("setWebhook")
        assert call.parameters["secret_token"] == SECRET
        people = [user(number) for number in range(100, 130)]
        fake.push(*(bot.updates.message("/help", private(who), who) for who in people))
        await until(lambda: all(bot.heard(who["id"]) for who in people))
        with pytest.raises(OperatorError, match=r"telegram\.webhook_listen"):
            await create(bot.core, App(bot.core, Policy(bot.core.settings.limits)).handle).run()


async def test_only_who_knows_the_secret_brings_updates_and_what_is_none_is_refused_without_a_traceback(
    home: Path, fake: FakeTelegram, hook: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    async with running(home, fake, **hook) as bot:
        await fake.sent("setWebhook")
        who = user(CAMILLE)
        update = {**bot.updates.message("/suggest Open later", private(who), who), "update_id": 5}
        for secret in (None, "", "another", "é", SECRET.upper()):
            assert await brought(hook, update, secret) == 403, secret
        assert not await bot.filed()
        assert await brought(hook, update) == 200
        await bot.hears(CAMILLE, "#1")
        # What is no update, not compressed as it says, or brought in another way.
        for body, status in BODIES:
            assert await brought(hook, body) == status, str(body)[:50]
        assert await brought(hook, b"not gzip", **{"Content-Encoding": "gzip"}) == 400
        assert [await brought(hook, b"", method=method) for method in ("GET", "PUT", "DELETE")] == [405] * 3
        await bot.quiet()
    assert not [record for record in caplog.records if record.exc_info], caplog.text


async def test_who_hangs_up_in_the_middle_of_a_body_leaves_no_traceback(
    home: Path, fake: FakeTelegram, hook: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    async with running(home, fake, **hook) as bot:
        await fake.sent("setWebhook")
        _, writer = await asyncio.open_connection(*hook["webhook_listen"].split(":"))
        writer.write(f"POST / HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Length: 99\r\n\r\n{{".encode())
        await writer.drain()
        writer.transport.abort()
        bot.says(CAMILLE, "/help")
        await bot.hears(CAMILLE)
    assert not [record for record in caplog.records if record.exc_info], caplog.text


async def test_what_cannot_be_kept_is_brought_again(
    home: Path, fake: FakeTelegram, hook: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home, fake, **hook) as bot:
        await fake.sent("setWebhook")
        for number, fault in enumerate((refuse, lambda *_: 1 / 0), 1):
            with monkeypatch.context() as broken, capture_logs() as told:
                broken.setattr(inbox, "accept", fault)
                bot.says(CAMILLE, f"/suggest Open later {number}")
                await until(lambda: fake.queue.hook and "503" in fake.queue.hook.error)
            assert told
            await bot.hears(CAMILLE, f"#{number}", count=number)
            await fake.queue.emptied()
        assert await bot.filed() == ["Open later 1", "Open later 2"]


async def test_a_webhook_that_another_program_took_away_is_set_again(
    home: Path, fake: FakeTelegram, hook: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "WEBHOOK_CHECK_INTERVAL", 0.01)
    with capture_logs() as told:
        async with running(home, fake, **hook) as bot:
            await fake.sent("setWebhook")
            fake.queue.detach()
            bot.says(CAMILLE, "/help")
            await bot.hears(CAMILLE)
    assert [line for line in told if "took this bot's webhook" in str(line.get("trouble"))]


IMPOSSIBLE: list[tuple[dict[str, Any], str]] = [
    ({"webhook_url": None}, "PORTEVOIX_TELEGRAM__WEBHOOK_URL"),
    ({"webhook_secret": None, "webhook_listen": "0.0.0.0:8443"}, "PORTEVOIX_TELEGRAM__WEBHOOK_SECRET"),
    ({"webhook_secret": "", "webhook_listen": ":8443"}, "PORTEVOIX_TELEGRAM__WEBHOOK_SECRET"),
    ({"webhook_secret": "two words"}, "telegram.webhook_secret"),
    ({"webhook_listen": "127.0.0.1:99999"}, "telegram.webhook_listen"),
]
"""What is set otherwise, and what is said of it."""


async def test_what_cannot_work_is_said_before_anything_runs(
    home: Path, fake: FakeTelegram, hook: dict[str, Any]
) -> None:
    core = await open_core(settings_for(home, fake.url, **hook), SystemClock())
    try:
        for changed, words in IMPOSSIBLE:
            other = replace(core, settings=settings_for(home, fake.url, **{**hook, **changed}))
            with pytest.raises(OperatorError, match=words):
                create(other, App(other, Policy(other.settings.limits)).handle)
    finally:
        core.store.close()


async def test_without_a_secret_it_listens_on_this_machine_alone(
    home: Path, fake: FakeTelegram, hook: dict[str, Any]
) -> None:
    async with running(home, fake, **{**hook, "webhook_secret": None}) as bot:
        bot.says(CAMILLE, "/help")
        await bot.hears(CAMILLE)
