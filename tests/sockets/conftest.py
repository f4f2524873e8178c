"""A fake Telegram that listens, and a bot connected to it."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from adapters.telegram.transport.request import AiohttpRequest
from tests.sockets.fakes.telegram import FakeTelegram

TOKEN = "123456:AA-secret_of_the_bot"


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


def connected(
    url: str, request: AiohttpRequest | None = None, polling: AiohttpRequest | None = None, token: str = TOKEN
) -> Bot:
    """A bot that talks to a server."""
    return Bot(
        token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=request or AiohttpRequest(),
        get_updates_request=polling or AiohttpRequest(),
    )


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    async with connected(fake.url) as bot:
        yield bot
