"""Telegram, through python-telegram-bot's calls and types."""

from adapters.telegram.connection.client import Telegram
from bot.context import Core
from bot.ports import Handle


def create(core: Core, handle: Handle) -> Telegram:
    """The adapter, as found by its entry point."""
    return Telegram(core, handle)
