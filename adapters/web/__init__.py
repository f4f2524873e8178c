"""The demo's adapter: a local web page that shows a community and its staff."""

from adapters.web.client import Web
from adapters.web.personas import CAST
from bot.core import Core
from bot.ports.adapter import Handle, Platform


def create(core: Core, handle: Handle) -> Platform:
    """Make the adapter, with the people of the demo; called through its entry point."""
    return Web(core, handle, CAST)
