"""The Telegram adapter, built on python-telegram-bot's calls and types."""

from adapters.telegram.connection.client import Telegram
from bot.core import Core
from bot.ports.adapter import Handle


def create(core: Core, handle: Handle) -> Telegram:
    """Make the adapter; called through the entry point in the group `portevoix.adapters`."""
    return Telegram(core, handle)
