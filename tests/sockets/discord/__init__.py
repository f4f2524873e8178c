"""A fake Discord on 127.0.0.1, in the test's process or its own (`python -m tests.sockets.discord --port N`)."""

from tests.sockets.discord.server import FakeDiscord

__all__ = ["FakeDiscord"]
