"""A fake Telegram on 127.0.0.1, in the test's process or its own (`python -m tests.sockets.telegram --port N`)."""

from tests.sockets.telegram.server import FakeTelegram

__all__ = ["FakeTelegram"]
