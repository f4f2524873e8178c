"""Ephemeral messages, which one person and the bot alone see in a group: every name the Bot API has for them.

They came with Bot API 10.2 and were reshaped by 10.3 (July and August 2026); python-telegram-bot 22.8 has none of it.
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
        number: its own number, which is none of an ordinary message.
        person: the account that sees it.
    """

    chat: int
    number: int
    person: int

    @classmethod
    def read(cls, text: str) -> "Ephemeral | None":
        """Parse an id made by `str`; None for those of ordinary messages."""
        found = _ID.fullmatch(text)
        return cls(*map(int, found.groups())) if found else None

    def __str__(self) -> str:
        return f"{self.chat}/e{self.number}.{self.person}"

    def named(self) -> JSON:
        """The parameters that name it in a call."""
        return {"chat_id": self.chat, RECEIVER: self.person, NUMBER: self.number}


@frozen
class Occasion:
    """What somebody did in a group, which may let the bot show them something there that nobody else sees.

    Telegram takes an answer within 15 seconds of an ephemeral message or of a press; of an administrator, any time.

    Attributes:
        spot: where they did it.
        person: their account.
        message: the number of the ephemeral message they sent; 0 for none.
        query: the id of the press of a button; empty for none.
        pressed: the number of the ephemeral message under which they pressed; 0 for an ordinary one.
        at: when, in seconds of the monotonic clock; 0 when that is not known any more.
    """

    spot: Spot
    person: int
    message: int = 0
    query: str = ""
    pressed: int = 0
    at: float = 0.0

    @property
    def unseen(self) -> bool:
        """Whether nobody else saw it, so that nothing about it may stand where others read."""
        return bool(self.message or self.pressed)

    @property
    def allowed(self) -> bool:
        """Whether an answer is allowed to a bot that is no administrator too, for a short time."""
        return bool(self.message or self.query)

    def shown(self, number: int) -> Ephemeral:
        """The ephemeral message of this number that the person is shown."""
        return Ephemeral(self.spot.chat, number, self.person)

    def allows(self) -> JSON:
        """The parameters that send a message for this person alone."""
        told = {RECEIVER: self.person, **({"callback_query_id": self.query} if self.query else {})}
        # Bot API 10.2 has them among the others, 10.3 in one of their own. A server that read neither would show
        # everybody what is meant for one; with both, no server that knows ephemeral messages does.
        both: JSON = {**told, "ephemeral_message_parameters": told}
        return {**both, "reply_parameters": {NUMBER: self.message}} if self.message else both


def number_of(message: MaybeInaccessibleMessage | None) -> int:
    """The number of an ephemeral message; 0 for an ordinary one."""
    if message is None:
        return 0
    found = getattr(message, NUMBER, None) or message.api_kwargs.get(NUMBER)
    return found if isinstance(found, int) else 0


def id_of(message: MaybeInaccessibleMessage, person: int) -> str:
    """The id of a message that somebody wrote or pressed on; ephemeral ones all have the ordinary number 0."""
    chat, number = message.chat.id, number_of(message)
    return str(Ephemeral(chat, number, person)) if number else message_id(chat, message.message_id)


def number_in_answer(answer: object) -> int:
    """The number of the ephemeral message that a call sent; 0 when it sent an ordinary one."""
    number = answer.get(NUMBER) if isinstance(answer, dict) else None
    return number if isinstance(number, int) else 0


def menu_entry(name: str, summary: str, *, ephemeral: bool) -> BotCommand:
    """A command of a menu; an ephemeral one is sent so that nobody else sees it."""
    return BotCommand(name, summary, api_kwargs={"is_ephemeral": True} if ephemeral else None)
