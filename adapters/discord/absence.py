"""What was said to the bot while it was away: looked for once it is back."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import discord
from discord.utils import time_snowflake, utcnow

from adapters.discord.names import PLATFORM
from bot.context import Core
from storage import inbox

PATIENCE = timedelta(hours=1)
"""What is older is left: whoever asked has gone on, and an answer would be a surprise."""
UNNOTICED = timedelta(minutes=2)
"""How long a connection may have been dead before anybody noticed."""
MOST = 100
"""Messages looked at in a channel."""


async def last_seen(core: Core) -> int | None:
    """The id of what was handled last; None when nothing ever was, and so nothing was missed."""
    found = await core.store.read(lambda session: inbox.last(session, PLATFORM))
    return int(found) if found and found.isdecimal() else None


def now() -> int:
    """An id for what came before the connection can have been lost."""
    return time_snowflake(utcnow() - UNNOTICED)


async def messages_since(client: discord.Client, since: int) -> AsyncIterator[discord.Message]:
    """The messages after an id that are not too old, channel by channel; direct messages cannot be looked for."""
    start = max(since, time_snowflake(utcnow() - PATIENCE))
    for channel in _channels(client):
        if (channel.last_message_id or 0) <= start or not _readable(channel):
            continue
        async for message in channel.history(limit=MOST, after=discord.Object(start), oldest_first=True):
            yield message


def _channels(client: discord.Client) -> Iterator[discord.TextChannel | discord.VoiceChannel | discord.Thread]:
    for guild in client.guilds:
        yield from guild.text_channels
        yield from guild.voice_channels
        yield from guild.threads


def _readable(channel: discord.TextChannel | discord.VoiceChannel | discord.Thread) -> bool:
    rights = channel.permissions_for(channel.guild.me)
    return rights.view_channel and rights.read_message_history
