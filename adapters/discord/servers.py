"""The servers of places, stored so that a server whose only place was deleted still belongs to its community."""

from collections.abc import Mapping

import discord

from storage.models import Place

Places = Mapping[int, Place]


def news(client: discord.Client, places: Places) -> Mapping[str, str]:
    """The servers of places that are not stored yet, by the place's id."""
    channels = {place.external_id: client.get_channel(number) for number, place in places.items() if not place.server}
    return {
        place: str(channel.guild.id)
        for place, channel in channels.items()
        if isinstance(channel, discord.abc.GuildChannel | discord.Thread)
    }


def lost_place(guild: discord.Guild, places: Places) -> Place | None:
    """The newest deleted place of a server; None if the server still has a place, or never had one."""
    if guild.id in places or any(guild.get_channel_or_thread(number) for number in places):
        return None
    gone = [place for place in places.values() if place.server == str(guild.id)]
    return max(gone, key=lambda place: place.id, default=None)
