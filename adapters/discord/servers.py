"""The servers that places are in: one whose only place was deleted still belongs to its community."""

from collections.abc import Mapping

import discord

from storage.models import Place

Places = Mapping[int, Place]


def news(client: discord.Client, places: Places) -> Mapping[str, str]:
    """The servers of places that the store does not know yet, by the id of the place."""
    channels = {place.external_id: client.get_channel(number) for number, place in places.items() if not place.server}
    return {
        place: str(channel.guild.id)
        for place, channel in channels.items()
        if isinstance(channel, discord.abc.GuildChannel | discord.Thread)
    }


def lost_place(guild: discord.Guild, places: Places) -> Place | None:
    """The newest place that was in a server which has no place any more; None where there is one, or never was."""
    if guild.id in places or any(guild.get_channel_or_thread(number) for number in places):
        return None
    gone = [place for place in places.values() if place.server == str(guild.id)]
    return max(gone, key=lambda place: place.id, default=None)
