"""A fake Telegram on 127.0.0.1, in this process or its own (`python -m tests.sockets.fakes.telegram --port N`)."""

from tests.sockets.fakes.telegram.server import FakeTelegram

__all__ = ["FakeTelegram"]
