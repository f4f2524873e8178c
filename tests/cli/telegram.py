"""The fake Telegram, for commands that run a loop of theirs."""

from contextlib import AbstractContextManager

from tests.cli import background
from tests.sockets.fakes.telegram import FakeTelegram


def listening() -> AbstractContextManager[FakeTelegram]:
    """A fake that answers while the block runs."""
    return background.listening(FakeTelegram())
