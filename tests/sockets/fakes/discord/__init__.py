"""A fake Discord on 127.0.0.1, in this process or its own (`python -m tests.sockets.fakes.discord --port N`)."""

from tests.sockets.fakes.discord.server import FakeDiscord

__all__ = ["FakeDiscord"]
