"""The demo's platform: a local page with a community and its staff."""

from adapters.web.client import Web
from adapters.web.personas import CAST
from bot.core import Core
from bot.ports.adapter import Adapter, Handle


def create(core: Core, handle: Handle) -> Adapter:
    """The page, with the people of the demo."""
    return Web(core, handle, CAST)
