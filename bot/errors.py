"""The exceptions whose message is shown to a person."""

from bot.ports.reply import Reply
from storage.engine.errors import StoreError


class UserError(Exception):
    """What a person asked cannot be done; the message tells them so, in their language."""


class OperatorError(Exception):
    """The bot cannot start or go on; the message names the setting and the mend."""


class Unkept(StoreError):
    """The store refuses what somebody in danger said.

    Attributes:
        shown: what they must see all the same.
    """

    def __init__(self, mend: str, shown: Reply) -> None:
        super().__init__(mend)
        self.shown = shown
