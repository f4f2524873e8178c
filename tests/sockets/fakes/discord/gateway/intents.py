"""Which events a bot is told of, and how much of them."""

from tests.sockets.fakes.discord.world import BOT, CONTENT, JSON, MEMBERS, PRESENCES

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 0, 1 << 9, 1 << 12
EVERY = (1 << 26) - 1
PRIVILEGED = MEMBERS | PRESENCES | CONTENT
HIDDEN = {"content": "", "embeds": [], "components": [], "attachments": []}
"""What a message shows without the message-content intent."""


def wanted(event: str, data: JSON, intents: int) -> bool:
    """Whether a bot with these intents is told."""
    if event.startswith("MESSAGE_"):
        return bool(intents & (GUILD_MESSAGES if "guild_id" in data else DIRECT_MESSAGES))
    if event.startswith(("GUILD_", "CHANNEL_")):
        return bool(intents & GUILDS)
    return True


def shaped(event: str, data: JSON, intents: int) -> JSON:
    """An event as a bot with these intents sees it."""
    if event == "GUILD_CREATE" and not intents & MEMBERS:
        return {**data, "members": [one for one in data.get("members", []) if one["user"]["id"] == str(BOT)]}
    if event in {"MESSAGE_CREATE", "MESSAGE_UPDATE"} and not (intents & CONTENT or _addressed(data)):
        return {**data, **HIDDEN}
    return data


def _addressed(message: JSON) -> bool:
    """Whether a message is the bot's, sent to it alone, or mentions it."""
    mentioned = [message.get("author", {}), *message.get("mentions", [])]
    return "guild_id" not in message or any(one.get("id") == str(BOT) for one in mentioned)
