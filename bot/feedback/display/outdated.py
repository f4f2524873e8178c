"""The error raised when a button's action is no longer possible because of a change since it was shown."""

from bot.errors import UserError
from bot.ports.reply import Block


class Outdated(UserError):
    """The action is no longer possible; the reason replaces the message with the button.

    Attributes:
        left: the blocks shown below the reason, such as the buttons that still apply.
    """

    def __init__(self, words: str, *left: Block) -> None:
        super().__init__(words)
        self.left = left
