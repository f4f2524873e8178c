"""Who moderates and who is staff: by permissions and roles as Discord sends them, never by a name."""

import discord

from adapters.discord.names import PLATFORM
from bot.context import Core
from bot.events import Role
from storage import communities


class Rights:
    """Roles of people, by what Discord says when they act."""

    def __init__(self, core: Core, client: discord.Client) -> None:
        self._core = core
        self._client = client
        self._roles = frozenset(core.settings.discord.moderator_roles)

    async def staff_channels(self) -> frozenset[int]:
        """The channels digests go to."""
        places = await self._core.store.read(lambda session: communities.places(session, PLATFORM))
        return frozenset(int(place.external_id) for place in places if place.staff and place.external_id.isdecimal())

    async def role(self, person: discord.User | discord.Member, permissions: discord.Permissions) -> Role:
        """What a person may do where they have these permissions."""
        if isinstance(person, discord.Member):
            if any(self._sees(person, channel) for channel in await self.staff_channels()):
                return Role.STAFF
            named = any(role.id in self._roles for role in person.roles)
            return Role.MODERATOR if named or permissions.manage_messages else Role.MEMBER
        return await self._elsewhere(person)

    async def _elsewhere(self, person: discord.User | discord.Member) -> Role:
        """In direct messages people have the role they have in the guilds of the staff channels."""
        best = Role.MEMBER
        for number in await self.staff_channels():
            channel = self._client.get_channel(number)
            if not isinstance(channel, discord.abc.GuildChannel):
                continue
            try:
                member = channel.guild.get_member(person.id) or await channel.guild.fetch_member(person.id)
            except discord.HTTPException:
                continue
            best = max(best, await self.role(member, member.guild_permissions))
        return best

    def _sees(self, person: discord.Member, number: int) -> bool:
        channel = self._client.get_channel(number)
        own = isinstance(channel, discord.abc.GuildChannel) and channel.guild.id == person.guild.id
        return own and isinstance(channel, discord.abc.GuildChannel) and channel.permissions_for(person).view_channel
