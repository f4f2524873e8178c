"""Messages in channels: posted, read, edited, deleted by the bot."""

from datetime import UTC, datetime
from typing import Any

from tests.sockets.fakes.discord.journal import Call
from tests.sockets.fakes.discord.rest import checks, permissions, refusals
from tests.sockets.fakes.discord.rest.refusals import Form
from tests.sockets.fakes.discord.world import BOT, EPHEMERAL, JSON, World

WRITTEN = ("embeds", "components", "flags", "nonce")
MOST = 100


def create_message(world: World, call: Call) -> JSON:
    payload: JSON = call.payload or {}
    channel = _writable(world, call, reply=bool(payload.get("message_reference")))
    checks.message(payload, call.files)
    nonce = str(payload.get("nonce") or "")
    if payload.get("enforce_nonce") and (posted := world.posted(channel, nonce)):
        return posted
    message = world.post(channel, {**content(world, call, payload, channel), **_reply(world, payload, channel)})
    if nonce:
        world.remember(message, nonce)
    return message


def _writable(world: World, call: Call, *, reply: bool) -> int:
    identity = call.number("channel")
    channel = world.channel(identity)
    if identity in world.readonly:
        raise refusals.missing_permissions()
    permissions.need_to_write(world, channel, files=bool(call.files), reply=reply)
    if channel["type"] == 1 and int(channel["recipients"][0]["id"]) in world.closed:
        raise refusals.closed_to_bots()
    return identity


def content(world: World, call: Call, payload: JSON, channel: int) -> JSON:
    """What a message to post says, its files kept."""
    parts = {name: payload[name] for name in WRITTEN if payload.get(name) is not None}
    text, files = (payload.get("content") or "").strip(), _files(world, call, payload, channel)
    return {**parts, "content": text, "attachments": files}


def _files(world: World, call: Call, payload: JSON, channel: int) -> list[JSON]:
    described = {str(one.get("id")): one.get("description") for one in payload.get("attachments") or []}
    texts = [described.get(str(number)) for number in range(len(call.files))]
    return [
        world.keep(file, channel, **({"description": text} if text else {}))
        for file, text in zip(call.files, texts, strict=True)
    ]


def _reply(world: World, payload: JSON, channel: int) -> JSON:
    """What a message replies to."""
    reference = payload.get("message_reference")
    if not reference:
        return {}
    earlier = world.messages[channel].get(int(reference["message_id"]))
    if not earlier and reference.get("fail_if_not_exists", True):
        form = Form()
        form.wrong("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        form.close()
    return {"type": 19, "message_reference": reference, "referenced_message": earlier} if earlier else {}


def get_messages(world: World, call: Call) -> list[JSON]:
    """The newest first; with `after`, the oldest of those after it."""
    channel = call.number("channel")
    about = world.channel(channel)
    permissions.need(world, about)
    if not permissions.held(world, about) & permissions.HISTORY:
        return []
    seen = [one for _, one in sorted(world.messages[channel].items()) if not one["flags"] & EPHEMERAL]
    after, before = int(call.query.get("after", 0)), int(call.query.get("before", 1 << 63))
    found = [one for one in seen if after < int(one["id"]) < before]
    limit = max(1, min(int(call.query.get("limit", 50)), MOST))
    return (found[:limit] if after else found[-limit:])[::-1]


def get_message(world: World, call: Call) -> JSON:
    permissions.need(world, world.channel(call.number("channel")), permissions.HISTORY)
    return world.message(call.number("channel"), call.number("message"))


def edit_message(world: World, call: Call) -> JSON:
    channel = world.channel(call.number("channel"))
    permissions.need(world, channel)
    message = world.message(call.number("channel"), call.number("message"))
    if message["author"]["id"] != str(BOT):
        raise refusals.not_the_author()
    _need_open(channel)
    return edit(world, call, call.payload or {}, message)


def edit(world: World, call: Call, payload: JSON, message: JSON) -> JSON:
    """Change a message of the bot's in place; what the payload leaves out stays."""
    kept = {str(one["id"]) for one in payload.get("attachments", message["attachments"]) or []}
    earlier = [one for one in message["attachments"] if one["id"] in kept]
    changed: dict[str, Any] = {name: payload[name] or [] for name in ("embeds", "components") if name in payload}
    changed |= {"content": (payload["content"] or "").strip()} if "content" in payload else {}
    # A message can come to be one of components by an edit, and stays one.
    changed["flags"] = message["flags"] | payload.get("flags", 0) & checks.V2
    checks.message({**message, **changed, "nonce": None}, call.files, earlier)
    channel = int(message["channel_id"])
    files = [*earlier, *_files(world, call, payload, channel)]
    message.update(changed, attachments=files, edited_timestamp=datetime.now(UTC).isoformat())
    world.tell("MESSAGE_UPDATE", message)
    return message


def delete_message(world: World, call: Call) -> None:
    channel = call.number("channel")
    about = world.channel(channel)
    permissions.need(world, about)
    message = world.message(channel, call.number("message"))
    if message["author"]["id"] != str(BOT) and not _moderates(world, channel):
        raise refusals.missing_permissions()
    _need_open(about)
    remove(world, message)


def _need_open(channel: JSON) -> None:
    if (channel.get("thread_metadata") or {}).get("archived"):
        raise refusals.archived()


def remove(world: World, message: JSON) -> None:
    """Take a message away and tell of it."""
    channel = int(message["channel_id"])
    del world.messages[channel][int(message["id"])]
    world.tell("MESSAGE_DELETE", {"id": message["id"], "channel_id": str(channel), "flags": message["flags"]})


def _moderates(world: World, channel: int) -> bool:
    """Whether the bot may manage messages."""
    about = world.channels[channel]
    return "guild_id" in about and bool(permissions.held(world, about) & permissions.MANAGE_MESSAGES)


def react(world: World, call: Call) -> None:
    """React to a message, which takes the right to read it later."""
    about = world.channel(call.number("channel"))
    permissions.need(world, about, permissions.REACT, permissions.HISTORY)
    message = world.message(call.number("channel"), call.number("message"))
    message.setdefault("reactions", []).append({"emoji": {"name": call.path["emoji"]}, "count": 1, "me": True})


def type_in(world: World, call: Call) -> None:
    world.channel(call.number("channel"))
