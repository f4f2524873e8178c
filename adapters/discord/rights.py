"""Who moderates and who is staff: by permissions and roles as Discord sends them, never by a name."""

import asyncio
import time

import aiohttp
import discord
import structlog

from adapters.discord.names import PLATFORM
from bot.context import Core
from bot.events import Role
from storage import communities

KNOWN = 10.0
"""Seconds for which the staff channels are known: they are asked for with everything, and hardly ever change."""
PATIENCE = 5.0
"""Seconds to wait for Discord to say who somebody is."""


class Rights:
    """Roles of people, by what Discord says when they act."""

    def __init__(self, core: Core, client: discord.Client) -> None:
        self._core = core
        self._client = client
        self._roles = frozenset(core.settings.discord.moderator_roles)
        self._staff: frozenset[int] = frozenset()
        self._until = 0.0

    async def staff_channels(self) -> frozenset[int]:
        """The channels digests go to."""
        if time.monotonic() >= self._until:
            places = await self._core.store.read(lambda session: communities.places(session, PLATFORM))
            staff = [place.external_id for place in places if place.staff]
            self._staff = frozenset(int(number) for number in staff if number.isdecimal())
            self._until = time.monotonic() + KNOWN
        return self._staff

    def forget(self) -> None:
        """Look up the staff channels anew: a place was set up."""
        self._until = 0.0

    async def role(
        self, person: discord.User | discord.Member, permissions: discord.Permissions, *, closely: bool
    ) -> Role:
        """What a person may do where they have these permissions.

        Args:
            closely: whether it is worth asking Discord about somebody who writes from elsewhere.
        """
        if isinstance(person, discord.Member):
            return await self._here(person, permissions)
        return await self._elsewhere(person) if closely else Role.MEMBER

    async def _here(self, person: discord.Member, permissions: discord.Permissions) -> Role:
        if any(self._sees(person, channel) for channel in await self.staff_channels()):
            return Role.STAFF
        named = any(role.id in self._roles for role in person.roles)
        return Role.MODERATOR if named or permissions.manage_messages else Role.MEMBER

    async def _elsewhere(self, person: discord.User) -> Role:
        """In direct messages people have the role they have in the guilds of the staff channels."""
        best = Role.MEMBER
        for number in await self.staff_channels():
            channel = self._client.get_channel(number)
            if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
                continue
            try:
                async with asyncio.timeout(PATIENCE):
                    member = await channel.guild.fetch_member(person.id)
            except discord.NotFound:
                continue
            except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
                # Who cannot be looked up counts as anybody else, and is told what they may not do.
                structlog.get_logger().error("discord", role_unknown=type(error).__name__)
                continue
            best = max(best, await self._here(member, member.guild_permissions))
        return best

    def _sees(self, person: discord.Member, number: int) -> bool:
        channel = self._client.get_channel(number)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or channel.guild.id != person.guild.id:
            return False
        rights = channel.permissions_for(person)
        # Who was asked into a private thread is not known here, who may enter any is.
        secret = isinstance(channel, discord.Thread) and channel.is_private()
        return rights.view_channel and (rights.manage_threads or not secret)
