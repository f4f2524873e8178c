"""Converts Telegram's chats, topics and messages to the ids the core uses, and back."""

import re

from storage.values import frozen

PLATFORM = "telegram"
SETUP = "setup"
"""The command by which a group becomes a community's place; links that add the bot to a group start it."""


@frozen
class Spot:
    """A chat, or a forum topic in one.

    Attributes:
        chat: Telegram's chat id; that of a private chat is the person's id.
        topic: the id of the forum topic, or None.
    """

    chat: int
    topic: int | None = None

    @classmethod
    def read(cls, text: str) -> "Spot":
        """Parse an id made by `str(spot)`.

        Raises:
            ValueError: it is not such an id.
        """
        chat, _, topic = text.partition(":")
        return cls(int(chat), int(topic) if topic else None)

    def __str__(self) -> str:
        return f"{self.chat}:{self.topic}" if self.topic else str(self.chat)


def is_spot(text: str) -> bool:
    """Whether a text is the id of a chat or topic, and not a name, as settings may contain."""
    return re.fullmatch(r"-?\d+(:\d+)?", text, re.ASCII) is not None


def is_in(chat: int, place: str) -> bool:
    """Whether a place's id is that of a chat, or of a topic in it."""
    return place.partition(":")[0] == str(chat)


def message_id(chat: int, number: int) -> str:
    """The id of a message, unique across chats."""
    return f"{chat}/{number}"


def number_in(chat: int, message: str) -> int | None:
    """Telegram's message number in an id; None if the id is empty, of an ephemeral message, or of another chat."""
    where, _, number = message.partition("/")
    return int(number) if where == str(chat) and number.isdecimal() else None
