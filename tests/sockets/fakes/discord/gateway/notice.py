"""Remembering what an event at the gateway brings into the world, as far as it can be read."""

from tests.sockets.fakes.discord.world import BOT, JSON, Interaction, World


def notice(world: World, event: str, data: JSON) -> None:
    """Remember one event; a malformed one leaves no trace."""
    match event, data:
        case "GUILD_CREATE", {"id": str(), "channels": list()}:
            _enter(world, data)
        case "GUILD_DELETE", {"id": str(guild)} if not data.get("unavailable"):
            world.guilds.pop(int(guild), None)
        case "CHANNEL_CREATE" | "CHANNEL_UPDATE", {"id": str(channel)}:
            world.channels[int(channel)] = data
            _describe(world, data)
        case "CHANNEL_DELETE", {"id": str(channel)}:
            _close(world, int(channel))
        case "MESSAGE_CREATE" | "MESSAGE_UPDATE", {"id": str(message), "channel_id": str(channel)}:
            world.messages[int(channel)][int(message)] = data
            if "guild_id" not in data and "author" in data:
                told = {"id": channel, "type": 1, "flags": 0, "last_message_id": None, "recipients": [data["author"]]}
                world.channels.setdefault(int(channel), told)
        case "MESSAGE_DELETE", {"id": str(message), "channel_id": str(channel)}:
            world.messages[int(channel)].pop(int(message), None)
        case "INTERACTION_CREATE", {"token": str(token), "channel": {"id": str(channel)}}:
            world.interactions[token] = Interaction(data, world.now())
            world.channels.setdefault(int(channel), data["channel"])


def _enter(world: World, guild: JSON) -> None:
    """The bot is in a guild: it is one of its members."""
    members = [one for one in guild["members"] if one["user"]["id"] != str(BOT)]
    mine = {"user": world.me(), "nick": None, "joined_at": guild["joined_at"], "deaf": False, "mute": False, "flags": 0}
    me = next((one for one in guild["members"] if one not in members), {**mine, "roles": []})
    world.guilds[int(guild["id"])] = {**guild, "members": [me, *members]}
    world.users |= {int(one["user"]["id"]): one["user"] for one in members}
    world.channels |= {int(one["id"]): one for one in guild["channels"]}


def _close(world: World, channel: int) -> None:
    world.channels.pop(channel, None)
    world.messages.pop(channel, None)
    for guild in world.guilds.values():
        guild["channels"] = [one for one in guild["channels"] if one["id"] != str(channel)]


def _describe(world: World, channel: JSON) -> None:
    """Let a guild be told with its channel as it is now, and leave the event as it is that brought the guild."""
    number = int(channel.get("guild_id") or 0)
    if guild := world.guilds.get(number):
        others = [one for one in guild["channels"] if one["id"] != channel["id"]]
        world.guilds[number] = {**guild, "channels": [*others, channel]}
