"""Ephemeral messages, which only one person and the bot see in a group: the Bot API's parameters for them.

They were added by Bot API 10.2 and changed by 10.3 (July and August 2026); python-telegram-bot 22.8 lacks them.
"""

import re

from telegram import BotCommand, MaybeInaccessibleMessage

from adapters.telegram.places import Spot, message_id
from adapters.values import JSON
from storage.values import frozen

NUMBER, RECEIVER = "ephemeral_message_id", "receiver_user_id"
EDIT, DELETE = "editEphemeralMessageText", "deleteEphemeralMessage"
_ID = re.compile(r"(-?\d+)/e(\d+)\.(\d+)", re.ASCII)


@frozen
class Ephemeral:
    """One ephemeral message.

    Attributes:
        chat: the group's number.
        number: its number, counted apart from those of ordinary messages.
        person: the account that sees it.
    """

    chat: int
    number: int
    person: int

    @classmethod
    def read(cls, text: str) -> "Ephemeral | None":
        """Parse an id made by `str`; None for the id of an ordinary message."""
        found = _ID.fullmatch(text)
        return cls(*map(int, found.groups())) if found else None

    def __str__(self) -> str:
        return f"{self.chat}/e{self.number}.{self.person}"

    def named(self) -> JSON:
        """The parameters that identify it in a call."""
        return {"chat_id": self.chat, RECEIVER: self.person, NUMBER: self.number}


@frozen
class Occasion:
    """An act of a person in a group, to which the bot may be allowed to answer with an ephemeral message.

    Telegram allows that within 15 seconds of an ephemeral message or a press, and to a bot that is an administrator at
    any time.

    Attributes:
        spot: the chat or topic.
        person: their account.
        message: the number of the ephemeral message the person sent; 0 for none.
        query: the id of the callback query of a press; empty for none.
        pressed: the number of the ephemeral message whose button was pressed; 0 for an ordinary message.
        at: when, in seconds of the monotonic clock; 0 when no longer known.
    """

    spot: Spot
    person: int
    message: int = 0
    query: str = ""
    pressed: int = 0
    at: float = 0.0

    @property
    def unseen(self) -> bool:
        """Whether nobody else saw it, so that no answer may be shown where others read."""
        return bool(self.message or self.pressed)

    @property
    def allowed(self) -> bool:
        """Whether even a bot that is no administrator may answer, for a short time."""
        return bool(self.message or self.query)

    def shown(self, number: int) -> Ephemeral:
        """The ephemeral message with this number to the person."""
        return Ephemeral(self.spot.chat, number, self.person)

    def allows(self) -> JSON:
        """The parameters that make a message ephemeral for this person."""
        told = {RECEIVER: self.person, **({"callback_query_id": self.query} if self.query else {})}
        # Bot API 10.2 has them among the other parameters, 10.3 in an object of their own. A server that knows neither
        # form would show the message to everybody; with both forms, no server with ephemeral messages does.
        both: JSON = {**told, "ephemeral_message_parameters": told}
        return {**both, "reply_parameters": {NUMBER: self.message}} if self.message else both


def number_of(message: MaybeInaccessibleMessage | None) -> int:
    """The number of an ephemeral message; 0 for an ordinary one."""
    if message is None:
        return 0
    found = getattr(message, NUMBER, None) or message.api_kwargs.get(NUMBER)
    return found if isinstance(found, int) else 0


def id_of(message: MaybeInaccessibleMessage, person: int) -> str:
    """The id of a message that somebody wrote or pressed on; all ephemeral ones have the ordinary number 0."""
    chat, number = message.chat.id, number_of(message)
    return str(Ephemeral(chat, number, person)) if number else message_id(chat, message.message_id)


def number_in_answer(answer: object) -> int:
    """The number of the ephemeral message that a call sent; 0 if it sent an ordinary one."""
    number = answer.get(NUMBER) if isinstance(answer, dict) else None
    return number if isinstance(number, int) else 0


def menu_entry(name: str, summary: str, *, ephemeral: bool) -> BotCommand:
    """A command of a menu; if `ephemeral`, choosing it sends an ephemeral message."""
    return BotCommand(name, summary, api_kwargs={"is_ephemeral": True} if ephemeral else None)
