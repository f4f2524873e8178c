"""Ephemeral messages, as Bot API 10.2 and 10.3 have them: in a group, and seen by one person and the bot alone."""

import time
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.sockets.fakes.telegram import checks
from tests.sockets.fakes.telegram.journal import Call, Refused

if TYPE_CHECKING:
    from tests.sockets.fakes.telegram.world import World

NONE, FLAT, NESTED = (10, 0), (10, 2), (10, 3)
"""The servers that know none, take the receiver among the parameters of a call, or in one parameter of its own."""
METHODS = frozenset({"editEphemeralMessageText", "deleteEphemeralMessage"})
WINDOW = 15.0
"""Seconds in which a bot that is no administrator may answer."""
MOST_EDITED = 1024
"""The units of a text that an edit takes: the server counts those of a caption."""
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@dataclass
class Ephemerals:
    """Those of one bot.

    Attributes:
        api: the version of the Bot API that the server speaks.
        window: seconds left to answer in; negative: it is always too late.
        shown: the bot's, by chat, receiver and number.
        heard: the numbers of those that people sent, each with its chat, sender and when.
        presses: when a button was pressed, in which chat, by whom and under which of them, by the query's id.
        leaked: what was meant for one person and stood in a group for all to read.
    """

    api: tuple[int, int] = NONE
    window: float = WINDOW
    shown: dict[tuple[int, int, int], dict[str, Any]] = field(default_factory=dict)
    heard: dict[int, tuple[int, int, float]] = field(default_factory=dict)
    presses: dict[str, tuple[int, int, int, float]] = field(default_factory=dict)
    leaked: list[str] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(900_001))

    def notice(self, update: dict[str, Any]) -> None:
        """Remember an ephemeral message of somebody's, or the press of a button."""
        match update:
            case {
                "message": {"ephemeral_message_id": int(number), "chat": {"id": int(chat)}, "from": {"id": int(person)}}
            }:
                self.heard[number] = (chat, person, time.monotonic())
            case {"callback_query": {"id": str(query), "from": {"id": int(person)}, "message": dict(message)}}:
                under = int(message.get("ephemeral_message_id", 0))
                self.presses[query] = (int(message["chat"]["id"]), person, under, time.monotonic())

    def wanted(self, call: Call) -> dict[str, Any]:
        """Whom a message is for, and what allows it, as far as this server reads it; empty for everybody."""
        given = call.parameters
        nested = given.get("ephemeral_message_parameters") or {}
        flat = {name: given[name] for name in ("receiver_user_id", "callback_query_id") if name in given}
        if not (nested or flat):
            return {}
        read = {FLAT: flat, NESTED: nested}.get(self.api, {})
        if not read:
            self.leaked.append(call.shown or str(given.get("text")))
        return dict(read)

    def post(self, world: "World", call: Call, content: dict[str, Any], whom: dict[str, Any]) -> dict[str, Any]:
        """Show a message to one person alone.

        Raises:
            Refused: it is no group, nobody who could read it, or nothing allows it, or no more.
        """
        chat, person = int(call.chat), int(whom.get("receiver_user_id") or 0)
        if not person or person == world.bot or world.member(chat, person)["status"] in ("left", "kicked"):
            raise Refused(400, "Bad Request: USER_NOT_PARTICIPANT")
        self._admit(world, call, whom, chat, person)
        number = next(self._numbers)
        receiver = {"id": person, "is_bot": False, "first_name": f"Person {person}"}
        head = {"message_id": 0, "ephemeral_message_id": number, "receiver_user": receiver, "date": int(time.time())}
        self.shown[chat, person, number] = {**head, "chat": world.chat(chat), "from": world.me(), **content}
        return self.shown[chat, person, number]

    def _admit(self, world: "World", call: Call, whom: dict[str, Any], chat: int, person: int) -> None:
        """Check that the bot may show somebody something just now.

        Raises:
            Refused: it may not.
        """
        query = whom.get("callback_query_id")
        replied = (call.parameters.get("reply_parameters") or {}).get("ephemeral_message_id")
        if query is not None:
            where, who, under, when = self.presses.get(query, (0, 0, 0, 0.0))
            if (where, who) != (chat, person) or time.monotonic() - when > self.window:
                raise Refused(400, TOO_OLD)
            if under and whom.get("replace_callback_query_message"):
                raise Refused(400, "Bad Request: MESSAGE_ID_INVALID")
        elif replied is not None:
            where, who, when = self.heard.get(replied, (0, 0, 0.0))
            if (where, who) != (chat, person) or time.monotonic() - when > self.window:
                raise Refused(400, "Bad Request: message to be replied not found")
        elif chat > 0 or world.member(chat, world.bot)["status"] != "administrator":
            raise Refused(400, "Bad Request: BOT_NOT_ADMIN")


def _find(world: "World", call: Call) -> dict[str, Any]:
    given = call.parameters
    key = (call.chat, given.get("receiver_user_id"), given.get("ephemeral_message_id"))
    if key not in world.ephemerals.shown:
        raise Refused(400, "Bad Request: MESSAGE_ID_INVALID")
    return world.ephemerals.shown[key]


def edit_text(world: "World", call: Call) -> bool:
    """Change one that the bot showed; whether its reply opens cannot be changed."""
    message = _find(world, call)
    new = {**checks.message_text(call), **checks.markup(call)}
    if len(new["text"]) > MOST_EDITED:
        raise Refused(400, "Bad Request: MEDIA_CAPTION_TOO_LONG")
    if _opens(new) != _opens(message):
        raise Refused(400, "Bad Request: REPLY_MARKUP_INVALID")
    for part in ("text", "entities", "reply_markup"):
        message.pop(part, None)
    message.update(new)
    # The message as it is now, for whoever looks at the call.
    call.edited = dict(message)
    return True


def delete(world: "World", call: Call) -> bool:
    """Take away one that the bot showed."""
    message = _find(world, call)
    del world.ephemerals.shown[call.chat, message["receiver_user"]["id"], message["ephemeral_message_id"]]
    return True


def _opens(message: dict[str, Any]) -> bool:
    return bool((message.get("reply_markup") or {}).get("force_reply"))
