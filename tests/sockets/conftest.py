"""A fake Telegram that listens, and a bot connected to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot

from adapters.telegram.transport.request import AiohttpRequest
from storage.engine.store import Store
from tests.copies import Copies
from tests.sockets.fakes.telegram import FakeTelegram

TOKEN = "123456:AA-secret_of_the_bot"


@pytest.fixture
async def home(
    copies: Copies, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Path]:
    """The kept database: a bot that ends leaves it open for the next test, which finds it empty."""
    monkeypatch.chdir(tmp_path)
    folder = copies.lend(lambda: tmp_path_factory.mktemp("kept") / "home")
    kept, close = copies.kept, Store.close
    assert kept
    monkeypatch.setattr(Store, "close", lambda store: None if store is kept.store else close(store))
    yield folder
    monkeypatch.undo()
    if not await kept.clear():
        copies.drop()


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
