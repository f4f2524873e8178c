"""Looks at one server, channel or thread: whether the bot is there, what it may not do, and who counts as staff."""

import discord

from adapters.discord.needs import CHANNEL, THREAD, lacking
from bot.ports.adapter import Finding

Trouble = tuple[str, str]
"""What is wrong, and the mend."""
AGAIN = "type /setup with a new code there, or mend communities.staff"
ADD = "add the bot by the link of `portevoix init`, let it see the channel, or type /setup with a new code elsewhere"
GRANT = "allow the bot's role these, in the channel's settings or the server's"


async def examine_place(client: discord.Client, place: str, *, staff: bool) -> Finding:
    """Look at a place by its id.

    Raises:
        discord.HTTPException: Discord does not answer.
    """
    about = f"discord {'staff place' if staff else 'place'} {place}"
    if not place.isdecimal():
        return Finding(about, "is no channel's or server's number", AGAIN)
    try:
        # An old server and its first channel have one number; members' places are servers as a rule.
        if not staff and (guild := await _guild(client, int(place))):
            return _in_server(about, guild, await _me(client, guild))
        return await _channel(client, about, int(place), staff=staff)
    except (discord.NotFound, discord.Forbidden) as error:
        if staff and await _guild(client, int(place)):
            mend = "type /setup with a new staff code in a channel of the team's own, or name a channel's number"
            return Finding(about, "is a server's number, and digests go to a channel", mend)
        return Finding(about, f"Discord does not let the bot see it ({error.status} {error.text})", ADD)


async def _guild(client: discord.Client, number: int) -> discord.Guild | None:
    """A server the bot is in; None when it is in none of that number."""
    try:
        return await client.fetch_guild(number, with_counts=False)
    except (discord.NotFound, discord.Forbidden):
        return None


async def _me(client: discord.Client, guild: discord.Guild) -> discord.Member:
    return await guild.fetch_member(client.user.id if client.user else 0)


def _in_server(about: str, guild: discord.Guild, me: discord.Member) -> Finding:
    if missing := lacking(me.guild_permissions):
        mend = "allow the bot's role these, in the server's settings"
        return Finding(about, f"“{guild.name}”: the bot lacks {missing}", mend)
    return Finding(about, f"“{guild.name}”: the bot has what it needs, where a channel does not take it away")


async def _channel(client: discord.Client, about: str, number: int, *, staff: bool) -> Finding:
    there = await client.fetch_channel(number)
    if isinstance(there, discord.abc.PrivateChannel):
        return Finding(about, "is a conversation with one person", AGAIN)
    guild = await client.fetch_guild(there.guild.id, with_counts=False)
    # A thread has the permissions of the channel it is in, and only that of a whole server knows its roles.
    base = await guild.fetch_channel(there.parent_id if isinstance(there, discord.Thread) else there.id)
    trouble = _trouble(there, base.permissions_for(await _me(client, guild))) or (
        _too_open(there, base) if staff else None
    )
    if trouble:
        return Finding(about, f"“{there.name}”: {trouble[0]}", trouble[1])
    return Finding(about, f"“{there.name}”: the bot may post there")


def _trouble(there: object, held: discord.Permissions) -> Trouble | None:
    """What keeps the bot from posting."""
    if not isinstance(there, discord.abc.Messageable):
        return "nothing can be posted there", "type /setup with a new code in a text channel"
    thread = isinstance(there, discord.Thread)
    if missing := lacking(held, THREAD if thread else CHANNEL):
        return f"the bot lacks {missing}", GRANT
    if isinstance(there, discord.Thread) and there.locked:
        return "the thread is locked", "unlock it, or type /setup with a new code in a text channel"
    return None


def _too_open(there: object, base: discord.abc.GuildChannel | discord.Thread) -> Trouble | None:
    """How people who are no staff would count as such: whoever sees the staff's channel does."""
    secret = isinstance(there, discord.Thread) and there.is_private()
    if not secret and base.permissions_for(base.guild.default_role).view_channel:
        return "everybody in the server sees it, and counts as staff then", "take View Channel from @everyone there"
    return None
