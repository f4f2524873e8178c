"""What the bot may do in a channel, by its roles and the channel's overwrites, as Discord computes it."""

from tests.sockets.fakes.discord.rest import refusals
from tests.sockets.fakes.discord.world import BOT, JSON, World

ADMINISTRATOR, REACT, VIEW, SEND, FILES, HISTORY = 1 << 3, 1 << 6, 1 << 10, 1 << 11, 1 << 15, 1 << 16
MANAGE_CHANNELS = 1 << 4
MANAGE_MESSAGES, MANAGE_THREADS, SEND_IN_THREADS = 1 << 13, 1 << 34, 1 << 38
ALL = (1 << 53) - 1
THREADS = frozenset({10, 11, 12})


def held(world: World, channel: JSON) -> int:
    """The bot's permissions in a channel; all in direct messages, none in a guild it is not in."""
    if "guild_id" not in channel:
        return ALL
    guild = world.guilds.get(int(channel["guild_id"]))
    if guild is None:
        return 0
    mine = [guild["id"], *guild["members"][0]["roles"]]
    base = 0
    for role in guild["roles"]:
        base |= int(role["permissions"]) if role["id"] in mine else 0
    if base & ADMINISTRATOR:
        return ALL
    overwrites = {one["id"]: one for one in _ruling(world, channel).get("permission_overwrites") or ()}
    for group in ([guild["id"]], mine[1:], [str(BOT)]):
        rules = [overwrites[one] for one in group if one in overwrites]
        for rule in rules:
            base &= ~int(rule["deny"])
        for rule in rules:
            base |= int(rule["allow"])
    return base


def _ruling(world: World, channel: JSON) -> JSON:
    """The channel whose overwrites count: a thread's are its parent's."""
    is_thread = channel["type"] in THREADS
    return world.channels.get(int(channel.get("parent_id") or 0), {}) if is_thread else channel


def need(world: World, channel: JSON, *wanted: int) -> None:
    """Check that the bot has permissions in a channel.

    Raises:
        Refused: it does not see the channel, or lacks one.
    """
    has = held(world, channel)
    if not has & VIEW:
        raise refusals.missing_access()
    if any(not has & one for one in wanted):
        raise refusals.missing_permissions()


def need_to_write(world: World, channel: JSON, *, files: bool, reply: bool) -> None:
    """Check that the bot may post a message.

    Raises:
        Refused: it may not, or not with files, or not as a reply.
    """
    thread = channel["type"] in THREADS
    need(world, channel, SEND_IN_THREADS if thread else SEND, *([FILES] if files else []))
    if thread and (channel.get("thread_metadata") or {}).get("locked"):
        need(world, channel, MANAGE_THREADS)
    if reply and not held(world, channel) & HISTORY:
        raise refusals.no_history()
