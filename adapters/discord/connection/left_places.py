"""Finds the places on Discord that the bot was removed from while it was not connected."""

from collections.abc import Collection

import discord

from adapters.discord.names import PLATFORM
from bot.core import Core
from storage.people import communities


def ids_of(guild: discord.Guild) -> frozenset[str]:
    """The ids of a guild, and of its channels and threads."""
    return frozenset(str(one.id) for one in (guild, *guild.channels, *guild.threads))


async def missing(core: Core, client: discord.Client) -> Collection[str]:
    """The ids of places that the bot cannot see according to Discord; places without an answer are left out."""
    known = await core.store.read(lambda session: communities.places(session, PLATFORM))
    return {place.external_id for place in known if await _is_missing(client, place.external_id)}


async def _is_missing(client: discord.Client, place: str) -> bool:
    if not place.isdecimal() or client.get_guild(int(place)) or client.get_channel(int(place)):
        return False
    try:
        # A place may be a thread that is archived, which the library does not know of.
        await client.fetch_channel(int(place))
    except (discord.NotFound, discord.Forbidden):
        return True
    except (discord.DiscordException, OSError):
        return False
    return False
