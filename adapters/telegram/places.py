"""Chats, topics and messages by the ids the core knows them by."""

import re
from dataclasses import dataclass

PLATFORM = "telegram"


@dataclass(frozen=True, slots=True)
class Spot:
    """A chat, or a topic of one.

    Attributes:
        chat: the chat's number; a private chat's is its person's.
        topic: the forum topic's number, or None.
    """

    chat: int
    topic: int | None = None

    @classmethod
    def read(cls, text: str) -> "Spot":
        """The spot an id stands for.

        Raises:
            ValueError: it stands for none.
        """
        chat, _, topic = text.partition(":")
        return cls(int(chat), int(topic) if topic else None)

    def __str__(self) -> str:
        return f"{self.chat}:{self.topic}" if self.topic else str(self.chat)


def is_spot(text: str) -> bool:
    """Whether an id stands for a chat or a topic: an operator may have written a name instead."""
    return re.fullmatch(r"-?\d+(:\d+)?", text, re.ASCII) is not None


def message_id(chat: int, number: int) -> str:
    """The id of a message, unique across chats."""
    return f"{chat}/{number}"


def number_in(chat: int, message: str) -> int | None:
    """The number of a message in this chat; None when it is none, or is in another."""
    where, _, number = message.partition("/")
    return int(number) if where == str(chat) and number else None
