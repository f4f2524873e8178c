"""The fake Telegram these proofs talk to."""

from tests.sockets.conftest import fake

__all__ = ["fake"]
