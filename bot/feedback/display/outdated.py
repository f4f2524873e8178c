"""The refusal of what a button was for, because of a change since it was shown."""

from bot.errors import UserError
from bot.ports.reply import Block


class Outdated(UserError):
    """What was asked is no longer possible; the reason takes the place of the message with the button.

    Attributes:
        left: what is shown below the reason there, such as the buttons that still apply.
    """

    def __init__(self, words: str, *left: Block) -> None:
        super().__init__(words)
        self.left = left
