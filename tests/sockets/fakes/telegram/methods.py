"""The Bot API's methods, as far as the project calls them."""

import json
import time
from collections.abc import Callable
from typing import Any

from tests.sockets.fakes.journal import Upload
from tests.sockets.fakes.telegram import checks, ephemeral, rules
from tests.sockets.fakes.telegram.journal import Call, Refused
from tests.sockets.fakes.telegram.queue import Queue
from tests.sockets.fakes.telegram.world import World

Method = Callable[[World, Call], Any]
UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as"
    " a current content and reply markup of the message"
)


def _chat(call: Call) -> int:
    chat = call.chat
    if chat is None or chat == "":
        raise Refused(400, "Bad Request: chat_id is empty")
    if not isinstance(chat, int) or not chat:
        raise Refused(400, "Bad Request: chat not found")
    return chat


def _place(world: World, call: Call) -> dict[str, Any]:
    """The topic a message goes to and what it replies to."""
    place: dict[str, Any] = {}
    rules.admit(world, call)
    if thread := call.parameters.get("message_thread_id"):
        place |= {"message_thread_id": thread, "is_topic_message": True}
    reply = call.parameters.get("reply_parameters") or {}
    if reply.get("message_id") and ((_chat(call), reply["message_id"]) in world.messages or _insists(reply)):
        place["reply_to_message"] = world.find(_chat(call), reply["message_id"], "message to be replied not found")
    return place


def _insists(reply: dict[str, Any]) -> bool:
    """Whether a message is to be sent as a reply or not at all."""
    return not reply.get("allow_sending_without_reply")


def _send_message(world: World, call: Call) -> dict[str, Any]:
    chat = _chat(call)
    content = {**_place(world, call), **checks.message_text(call), **checks.markup(call)}
    if whom := world.ephemerals.wanted(call):
        return world.ephemerals.post(world, call, content, whom)
    made = world.post(chat, content)
    rules.open_reply(world, call, made)
    return made


def _send_file(world: World, call: Call, kind: str) -> dict[str, Any]:
    chat = _chat(call)
    content = {**_place(world, call), **checks.caption(call), **checks.markup(call)}
    identity, file = _file(world, call, kind)
    brief = {"file_id": identity, "file_unique_id": f"unique-{identity}", "file_size": len(file.content)}
    if kind == "photo":
        return world.post(chat, {**content, "photo": [{**brief, "width": 1, "height": 1}]})
    return world.post(chat, {**content, kind: {**brief, "file_name": file.name, "mime_type": file.media_type}})


def _file(world: World, call: Call, kind: str) -> tuple[str, Upload]:
    """The file sent: uploaded with the call, or known from before."""
    named = str(call.parameters.get(kind, ""))
    if upload := call.files.get(named.removeprefix("attach://") or kind):
        if not upload.content:
            raise Refused(400, "Bad Request: file must be non-empty")
        return world.keep(upload), upload
    if not named:
        raise Refused(400, f"Bad Request: there is no {kind} in the request")
    if named not in world.files:
        raise Refused(400, "Bad Request: wrong remote file identifier specified")
    return named, world.files[named]


def _edit_text(world: World, call: Call) -> dict[str, Any]:
    new = {**checks.message_text(call), **checks.markup(call)}
    return _edit(world, call, new, ("text", "entities", "reply_markup"), needs="text")


def _edit_caption(world: World, call: Call) -> dict[str, Any]:
    new = {**checks.caption(call), **checks.markup(call)}
    return _edit(world, call, new, ("caption", "caption_entities", "reply_markup"), needs="photo")


def _edit_media(world: World, call: Call) -> dict[str, Any]:
    """Another picture and caption, also for a message that was a text."""
    media, markup = call.parameters["media"], checks.markup(call)
    shown = Call(call.method, {**media, "photo": media["media"]}, call.files)
    words = checks.caption(shown)
    call.shown = shown.shown
    identity, file = _file(world, shown, "photo")
    photo = [{"file_id": identity, "file_unique_id": f"unique-{identity}", "file_size": len(file.content)}]
    parts = ("text", "entities", "caption", "caption_entities", "photo", "reply_markup")
    return _edit(world, call, {**words, **markup, "photo": [{**photo[0], "width": 1, "height": 1}]}, parts)


def _edit_markup(world: World, call: Call) -> dict[str, Any]:
    return _edit(world, call, checks.markup(call), ("reply_markup",))


def _edit(world: World, call: Call, new: dict[str, Any], parts: tuple[str, ...], needs: str = "") -> dict[str, Any]:
    rules.admit_edit(world, call)
    message = world.find(_chat(call), call.parameters.get("message_id"), "message to edit not found")
    if message.get("from", {}).get("id") != world.bot:
        raise Refused(400, "Bad Request: message can't be edited")
    if needs and needs not in message:
        missing = {"text": "text", "photo": "caption"}[needs]
        raise Refused(400, f"Bad Request: there is no {missing} in the message to edit")
    if new == {part: message[part] for part in parts if part in message}:
        raise Refused(400, UNCHANGED)
    for part in parts:
        message.pop(part, None)
    message.update(new)
    return message


def _delete(world: World, call: Call) -> bool:
    chat, number = _chat(call), call.parameters.get("message_id")
    message = world.find(chat, number, "message to delete not found")
    mine = message.get("from", {}).get("id") == world.bot
    fresh = mine and time.time() - message["date"] < rules.DELETABLE
    if not (fresh or chat > 0 or world.may("can_delete_messages", chat)):
        raise Refused(400, "Bad Request: message can't be deleted")
    del world.messages[chat, message["message_id"]]
    return True


def _react(world: World, call: Call) -> bool:
    world.find(_chat(call), call.parameters.get("message_id"), "message to react not found")
    rules.react(world, call)
    return True


def _answer(world: World, call: Call) -> bool:
    if call.parameters.get("callback_query_id") not in world.queries:
        raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    if len(str(call.parameters.get("text", ""))) > 200:
        raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
    return True


def _menu(call: Call) -> tuple[str, str]:
    scope = call.parameters.get("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), str(call.parameters.get("language_code", ""))


def _set_commands(world: World, call: Call) -> bool:
    world.commands[_menu(call)] = checks.menu(call.parameters.get("commands", []))
    return True


def _delete_commands(world: World, call: Call) -> bool:
    world.commands.pop(_menu(call), None)
    return True


def _set_words(world: World, call: Call, kind: str, most: int) -> bool:
    words = str(call.parameters.get(kind, ""))
    if len(words) > most:
        raise Refused(400, f"Bad Request: {kind} is too long")
    world.words[kind, str(call.parameters.get("language_code", ""))] = words
    return True


def _get_words(world: World, call: Call, kind: str) -> dict[str, str]:
    return {kind: world.words.get((kind, str(call.parameters.get("language_code", ""))), "")}


def _get_chat(world: World, call: Call) -> dict[str, Any]:
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}
    return {**full, **world.chat(_chat(call))}


def _administrators(world: World, call: Call) -> list[dict[str, Any]]:
    if (chat := _chat(call)) > 0:
        raise Refused(400, "Bad Request: there are no administrators in the private chat")
    return world.administrators(chat)


def _get_me(world: World, _: Call) -> dict[str, Any]:
    flags = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return {**world.me(), **flags}


_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)

METHODS: dict[str, Method] = {
    "getMe": _get_me,
    "sendMessage": _send_message,
    "sendPhoto": lambda world, call: _send_file(world, call, "photo"),
    "sendDocument": lambda world, call: _send_file(world, call, "document"),
    "editMessageText": _edit_text,
    "editMessageCaption": _edit_caption,
    "editMessageMedia": _edit_media,
    "editMessageReplyMarkup": _edit_markup,
    "deleteMessage": _delete,
    "editEphemeralMessageText": ephemeral.edit_text,
    "deleteEphemeralMessage": ephemeral.delete,
    "setMessageReaction": _react,
    "sendChatAction": lambda _, call: bool(_chat(call)),
    "leaveChat": lambda _, call: bool(_chat(call)),
    "answerCallbackQuery": _answer,
    "setMyCommands": _set_commands,
    "getMyCommands": lambda world, call: world.commands.get(_menu(call), []),
    "deleteMyCommands": _delete_commands,
    "setMyDescription": lambda world, call: _set_words(world, call, "description", 512),
    "getMyDescription": lambda world, call: _get_words(world, call, "description"),
    "setMyShortDescription": lambda world, call: _set_words(world, call, "short_description", 120),
    "getMyShortDescription": lambda world, call: _get_words(world, call, "short_description"),
    "getChat": _get_chat,
    "getChatMember": lambda world, call: world.member(_chat(call), int(call.parameters.get("user_id", 0))),
    "getChatAdministrators": _administrators,
    "getFile": lambda world, call: world.described(str(call.parameters.get("file_id", ""))),
}


async def get_updates(queue: Queue, call: Call) -> list[dict[str, Any]]:
    """Long polling; `allowed_updates` is read and ignored."""
    asked = call.parameters
    return await queue.pull(int(asked.get("offset", 0)), int(asked.get("limit", 100)), float(asked.get("timeout", 0)))


def set_webhook(queue: Queue, call: Call) -> bool:
    """Post updates to an address, or none when it is empty."""
    url = str(call.parameters.get("url", ""))
    if call.parameters.get("drop_pending_updates"):
        queue.forget()
    if url:
        queue.attach(url, str(call.parameters.get("secret_token", "")))
    else:
        queue.detach()
    return True


def webhook_info(queue: Queue) -> dict[str, Any]:
    """What is set, how much waits, and what went wrong last."""
    hook = queue.hook
    info = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(queue.pending),
    }
    return {**info, **({"last_error_message": hook.error} if hook and hook.error else {})}
