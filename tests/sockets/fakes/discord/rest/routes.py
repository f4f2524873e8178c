"""The operations of Discord's REST API, as far as the project calls them."""

from collections.abc import Callable
from typing import Any

from tests.sockets.fakes.discord.journal import Call
from tests.sockets.fakes.discord.rest import commands, interactions, messages, refusals, threads
from tests.sockets.fakes.discord.world import JSON, World

Operation = Callable[[World, Call], Any]
LIMIT = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}


def get_gateway(world: World, _: Call) -> JSON:
    return {"url": world.gateway, "shards": world.shards, "session_start_limit": LIMIT}


def get_me(world: World, _: Call) -> JSON:
    return {**world.me(), "verified": True, "mfa_enabled": True, "locale": "en-US", "flags": 0}


def get_application(world: World, _: Call) -> JSON:
    return {**world.application(), "approximate_guild_count": len(world.guilds)}


def get_user(world: World, call: Call) -> JSON:
    return world.user(call.number("user"))


def get_guilds(world: World, _: Call) -> list[JSON]:
    return [{name: guild[name] for name in ("id", "name", "icon", "features")} for guild in world.guilds.values()]


def leave_guild(world: World, call: Call) -> None:
    guild = world.guild(call.number("guild"))
    del world.guilds[int(guild["id"])]
    world.announce("GUILD_DELETE", {"id": guild["id"]})


def get_guild(world: World, call: Call) -> JSON:
    guild = world.guild(call.number("guild"))
    about = {name: part for name, part in guild.items() if name not in {"channels", "members", "threads"}}
    return {**about, "approximate_member_count": len(guild["members"]), "approximate_presence_count": 1}


def get_member(world: World, call: Call) -> JSON:
    for member in world.guild(call.number("guild"))["members"]:
        if member["user"]["id"] == call.path["user"]:
            found: JSON = member
            return found
    raise refusals.unknown_member()


def get_channels(world: World, call: Call) -> list[JSON]:
    channels: list[JSON] = world.guild(call.number("guild"))["channels"]
    return [one for one in channels if int(one["id"]) not in world.hidden]


def get_roles(world: World, call: Call) -> list[JSON]:
    roles: list[JSON] = world.guild(call.number("guild"))["roles"]
    return roles


def get_channel(world: World, call: Call) -> JSON:
    return world.channel(call.number("channel"))


def create_private(world: World, call: Call) -> JSON:
    """The channel of direct messages with somebody; that they are closed shows only when one is sent."""
    user = int(call.payload["recipient_id"])
    if world.user(user)["bot"]:
        raise refusals.closed_to_bots()
    return world.private(user)


ID = r":\d+"
ROUTES: tuple[tuple[str, str, Operation], ...] = (
    ("GET", "/gateway/bot", get_gateway),
    ("GET", "/users/@me", get_me),
    ("GET", "/users/@me/guilds", get_guilds),
    ("DELETE", f"/users/@me/guilds/{{guild{ID}}}", leave_guild),
    ("POST", "/users/@me/channels", create_private),
    ("GET", f"/users/{{user{ID}}}", get_user),
    ("GET", "/oauth2/applications/@me", get_application),
    ("GET", "/applications/@me", get_application),
    ("GET", f"/applications/{{application{ID}}}/commands", commands.get_commands),
    ("PUT", f"/applications/{{application{ID}}}/commands", commands.put_commands),
    ("GET", f"/applications/{{application{ID}}}/guilds/{{guild{ID}}}/commands", commands.get_commands),
    ("PUT", f"/applications/{{application{ID}}}/guilds/{{guild{ID}}}/commands", commands.put_commands),
    ("GET", f"/guilds/{{guild{ID}}}", get_guild),
    ("GET", f"/guilds/{{guild{ID}}}/channels", get_channels),
    ("GET", f"/guilds/{{guild{ID}}}/roles", get_roles),
    ("GET", f"/guilds/{{guild{ID}}}/members/{{user{ID}}}", get_member),
    ("GET", f"/channels/{{channel{ID}}}", get_channel),
    ("PATCH", f"/channels/{{channel{ID}}}", threads.edit_channel),
    ("DELETE", f"/channels/{{channel{ID}}}", threads.delete_channel),
    ("POST", f"/channels/{{channel{ID}}}/threads", threads.create_thread),
    ("GET", f"/channels/{{channel{ID}}}/threads/archived/public", threads.get_archived_threads),
    ("GET", f"/guilds/{{guild{ID}}}/threads/active", threads.get_active_threads),
    ("POST", f"/channels/{{channel{ID}}}/typing", messages.type_in),
    ("POST", f"/channels/{{channel{ID}}}/messages", messages.create_message),
    ("GET", f"/channels/{{channel{ID}}}/messages", messages.get_messages),
    ("GET", f"/channels/{{channel{ID}}}/messages/{{message{ID}}}", messages.get_message),
    ("PATCH", f"/channels/{{channel{ID}}}/messages/{{message{ID}}}", messages.edit_message),
    ("DELETE", f"/channels/{{channel{ID}}}/messages/{{message{ID}}}", messages.delete_message),
    ("PUT", f"/channels/{{channel{ID}}}/messages/{{message{ID}}}/reactions/{{emoji}}/@me", messages.react),
    ("POST", f"/interactions/{{interaction{ID}}}/{{token}}/callback", interactions.callback),
    ("POST", f"/webhooks/{{application{ID}}}/{{token}}", interactions.follow_up),
    ("GET", f"/webhooks/{{application{ID}}}/{{token}}/messages/{{message}}", interactions.get_answer),
    ("PATCH", f"/webhooks/{{application{ID}}}/{{token}}/messages/{{message}}", interactions.edit_answer),
    ("DELETE", f"/webhooks/{{application{ID}}}/{{token}}/messages/{{message}}", interactions.delete_answer),
)
"""Verb, path after `/api/v10`, and what it does; a `token` in the path stands for the bot's own."""
