"""The fake Discord these proofs talk to."""

from tests.sockets.discord.conftest import fake

__all__ = ["fake"]
