"""The Discord adapter, built on discord.py."""

from adapters.discord.connection.client import Discord
from bot.core import Core
from bot.ports.adapter import Handle


def create(core: Core, handle: Handle) -> Discord:
    """Make the adapter; called through the entry point in the group `portevoix.adapters`."""
    return Discord(core, handle)
