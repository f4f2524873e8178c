"""A disk without room: who is in danger sees at once who helps, and their words are passed on once there is room."""

from pathlib import Path

import pytest

from storage.engine.store import Store
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.running import running
from tests.sockets.telegram.test_polling import refuse_to_write

CAMILLE = 11
WORDS = "I want to kill myself"


@pytest.mark.parametrize("words", [WORDS, f"/problem {WORDS}"])
async def test_help_is_shown_at_once_and_the_words_are_kept_later(
    home: Path, fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    async with running(home, fake) as bot:
        bot.says(CAMILLE, "/help")
        await bot.hears(CAMILLE)
        with monkeypatch.context() as full:
            full.setattr(Store, "write", refuse_to_write)
            bot.says(CAMILLE, words)
            await bot.hears(CAMILLE, "People can help now", count=2)
            assert "Nobody else is told yet" in str(bot.heard(CAMILLE)[-1])
            assert len(fake.queue.pending) == 1
        await bot.hears(CAMILLE, "Nobody else was told", count=3)
        assert await bot.filed() == [WORDS]
