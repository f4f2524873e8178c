"""Discord, through discord.py."""

from adapters.discord.connection.client import Discord
from bot.core import Core
from bot.ports.adapter import Handle


def create(core: Core, handle: Handle) -> Discord:
    """The adapter, as found by its entry point."""
    return Discord(core, handle)
