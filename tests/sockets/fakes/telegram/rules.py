"""Where a bot may write, and whom a question of its opens the keyboard for."""

from typing import Any

from tests.sockets.fakes.telegram.journal import Call, Refused
from tests.sockets.fakes.telegram.world import World

GENERAL = 1
"""The number of the topic that messages without one go to."""
WRITES = {"sendMessage": "text messages", "sendPhoto": "photos", "sendDocument": "documents"}
RIGHTS = {"sendMessage": "can_send_messages", "sendPhoto": "can_send_photos", "sendDocument": "can_send_documents"}
DELETABLE = 48 * 3600
"""Seconds in which a bot may delete its own message."""
EMOJI = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐"
    "🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)
"""The reactions Telegram knows."""


def admit(world: World, call: Call) -> None:
    """Check that the bot may write there.

    Raises:
        Refused: it is not in the group, may not write in it, or the topic is gone or closed.
    """
    chat = int(call.chat)
    if chat > 0:
        return
    me = _present(world, chat)
    if me["status"] == "restricted" and not me.get(RIGHTS[call.method]):
        raise Refused(400, f"Bad Request: not enough rights to send {WRITES[call.method]} to the chat")
    thread = int(call.parameters.get("message_thread_id") or 0)
    if thread and chat in world.topics and thread not in world.topics[chat]:
        raise Refused(400, "Bad Request: message thread not found")
    if (chat, thread or GENERAL) in world.closed and not world.may("can_manage_topics", chat):
        raise Refused(400, "Bad Request: TOPIC_CLOSED")


def admit_edit(world: World, call: Call) -> None:
    """Check that the bot may edit a message there.

    Raises:
        Refused: it is not in the group, may send no pictures in it, or the message's topic is closed.
    """
    chat = int(call.chat)
    if chat > 0:
        return
    me = _present(world, chat)
    if call.method == "editMessageMedia" and me["status"] == "restricted" and not me.get("can_send_photos"):
        raise Refused(400, "Bad Request: not enough rights to send photos to the chat")
    message = world.messages.get((chat, call.parameters.get("message_id", 0)), {})
    if (chat, message.get("message_thread_id")) in world.closed and not world.may("can_manage_topics", chat):
        raise Refused(400, "Bad Request: TOPIC_CLOSED")


def _present(world: World, chat: int) -> dict[str, Any]:
    """What the bot is in a group.

    Raises:
        Refused: it is not in it.
    """
    me = world.member(chat, world.bot)
    if me["status"] == "kicked":
        raise Refused(403, "Forbidden: bot was kicked from the supergroup chat")
    if me["status"] == "left":
        raise Refused(403, "Forbidden: bot is not a member of the supergroup chat")
    return me


def react(world: World, call: Call) -> None:
    """Keep a reaction of the bot's.

    Raises:
        Refused: it may not react there, or not with that.
    """
    chat, me = int(call.chat), world.member(int(call.chat), world.bot)
    if me["status"] in ("kicked", "left"):
        raise Refused(403, "Forbidden: bot is not a member of the supergroup chat")
    if me["status"] == "restricted" and not me.get("can_react_to_messages"):
        raise Refused(400, "Bad Request: not enough rights to react to messages in the chat")
    (found,) = call.parameters["reaction"]
    if found["type"] != "emoji" or found["emoji"] not in EMOJI:
        raise Refused(400, "Bad Request: REACTION_INVALID")
    world.reactions[chat, int(call.parameters["message_id"])] = found["emoji"]


def open_reply(world: World, call: Call, made: dict[str, Any]) -> None:
    """Open the keyboard for a question: of a selective one for those it mentions, and for whom it replies to."""
    markup = call.parameters.get("reply_markup") or {}
    if not markup.get("force_reply"):
        return
    chat = int(call.chat)
    reached = _reached(made) if chat < 0 else {chat}
    if not reached and markup.get("selective"):
        world.unheard.append(call.shown)
    for person in reached:
        world.opened[chat, person] = made["message_id"]


def _reached(made: dict[str, Any]) -> set[int]:
    mentioned = {one["user"]["id"] for one in made.get("entities", ()) if one["type"] == "text_mention"}
    return mentioned | {int(made["reply_to_message"]["from"]["id"])} if "reply_to_message" in made else mentioned
