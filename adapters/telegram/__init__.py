"""Telegram, through python-telegram-bot's calls and types."""

from adapters.telegram.connection.client import Telegram
from bot.core import Core
from bot.ports.adapter import Handle


def create(core: Core, handle: Handle) -> Telegram:
    """The adapter, as found by its entry point."""
    return Telegram(core, handle)
