"""Checks one server, channel or thread: whether the bot can post there, and whether a staff place is public."""

import discord

from adapters.discord.needs import CHANNEL, FORUM, FORUM_NAMES, HANDY, THREAD, missing
from bot.ports.adapter import Finding

Problem = tuple[str, str]
"""What is wrong, and how to fix it."""
SET_UP_AGAIN = "type /setup with a new code there, or mend communities.staff"
ADD_BOT = (
    "add the bot by the link of `portevoix init`, let it see the channel, or type /setup with a new code elsewhere"
)
GRANT_RIGHTS = "allow the bot's role these, in the channel's settings or the server's"


async def examine_place(client: discord.Client, place: str, *, staff: bool) -> Finding:
    """Check a place by its id.

    Args:
        staff: whether digests are posted there.

    Raises:
        discord.HTTPException: Discord answers with an error other than 403 or 404.
    """
    about = f"discord {'staff place' if staff else 'place'} {place}"
    if not place.isdecimal():
        return Finding(about, "is no channel's or server's number", SET_UP_AGAIN)
    try:
        # An old server's first channel has the same id as the server; members' places usually are servers.
        if not staff and (guild := await _find_guild(client, int(place))):
            return _examine_server(about, guild, await _own_member(client, guild))
        return await _examine_channel(client, about, int(place), staff=staff)
    except (discord.NotFound, discord.Forbidden) as error:
        if staff and await _find_guild(client, int(place)):
            mend = "type /setup with a new staff code in a channel of the team's own, or name a channel's number"
            return Finding(about, "is a server's number, and digests go to a channel", mend)
        return Finding(about, f"Discord does not let the bot see it ({error.status} {error.text})", ADD_BOT)


async def _find_guild(client: discord.Client, number: int) -> discord.Guild | None:
    """The server of that id, or None when the bot is not in it."""
    try:
        return await client.fetch_guild(number, with_counts=False)
    except (discord.NotFound, discord.Forbidden):
        return None


async def _own_member(client: discord.Client, guild: discord.Guild) -> discord.Member:
    return await guild.fetch_member(client.user.id if client.user else 0)


def _examine_server(about: str, guild: discord.Guild, me: discord.Member) -> Finding:
    if lacking := missing(me.guild_permissions):
        mend = "allow the bot's role these, in the server's settings"
        return Finding(about, f"“{guild.name}”: the bot lacks {lacking}", mend)
    return Finding(about, f"“{guild.name}”: the bot has what it needs, where a channel does not take it away")


async def _examine_channel(client: discord.Client, about: str, number: int, *, staff: bool) -> Finding:
    there = await client.fetch_channel(number)
    if isinstance(there, discord.abc.PrivateChannel):
        return Finding(about, "is a conversation with one person", SET_UP_AGAIN)
    guild = await client.fetch_guild(there.guild.id, with_counts=False)
    # A thread takes its permissions from its parent channel, and discord.py computes them only with the full server.
    base = await guild.fetch_channel(there.parent_id if isinstance(there, discord.Thread) else there.id)
    held = base.permissions_for(await _own_member(client, guild))
    if isinstance(there, discord.ForumChannel) and not staff:
        return _examine_forum(about, there, held)
    problem = _find_problem(there, held) or (_find_exposure(there, base) if staff else None)
    if problem:
        return Finding(about, f"“{there.name}”: {problem[0]}", problem[1])
    return Finding(about, f"“{there.name}”: the bot may post there")


def _examine_forum(about: str, forum: discord.ForumChannel, held: discord.Permissions) -> Finding:
    """Check a forum, where cards are posts."""
    if lacking := missing(held, FORUM, FORUM_NAMES):
        return Finding(about, f"“{forum.name}”: the bot lacks {lacking}", GRANT_RIGHTS)
    is_open = held.manage_threads or any(not tag.moderated for tag in forum.available_tags)
    if forum.flags.require_tag and not (is_open or held.manage_channels):
        words = f"“{forum.name}” requires a tag, and has none the bot may apply"
        return Finding(about, words, "add one that is not for moderators only, or allow the bot's role Manage Channels")
    without = "".join(f"; without {name} {so}" for right, (name, so) in HANDY.items() if not getattr(held, right))
    return Finding(about, f"“{forum.name}”: the bot may post there{without}")


def _find_problem(there: object, held: discord.Permissions) -> Problem | None:
    """The first problem that keeps the bot from posting, or None."""
    if not isinstance(there, discord.abc.Messageable):
        return "nothing can be posted there", "type /setup with a new code in a text channel"
    thread = isinstance(there, discord.Thread)
    if lacking := missing(held, THREAD if thread else CHANNEL):
        return f"the bot lacks {lacking}", GRANT_RIGHTS
    if isinstance(there, discord.Thread) and there.locked:
        return "the thread is locked", "unlock it, or type /setup with a new code in a text channel"
    return None


def _find_exposure(there: object, base: discord.abc.GuildChannel | discord.Thread) -> Problem | None:
    """The problem that everybody can see a staff channel, since whoever sees it counts as staff."""
    secret = isinstance(there, discord.Thread) and there.is_private()
    if not secret and base.permissions_for(base.guild.default_role).view_channel:
        return "everybody in the server sees it, and counts as staff then", "take View Channel from @everyone there"
    return None
