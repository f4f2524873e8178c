"""Who moderates and who is staff: by permissions and roles as Discord sends them, never by a name."""

import asyncio
import time
from collections.abc import Collection, Mapping

import aiohttp
import discord
import structlog

from adapters.discord.names import PLATFORM
from bot.core import Core
from bot.ports.inbound import Role
from storage import communities
from storage.models import Place

KNOWN = 10.0
"""Seconds for which the places are known: they are asked for with everything, and hardly ever change."""
PATIENCE = 5.0
"""Seconds to wait for Discord to say who somebody is."""


class Rights:
    """Roles of people, by what Discord says when they act."""

    def __init__(self, core: Core, client: discord.Client) -> None:
        self._core = core
        self._client = client
        self._roles = frozenset(core.settings.discord.moderator_roles)
        self._places: Mapping[int, Place] = {}
        self._until = 0.0

    async def staff_channels(self) -> Collection[int]:
        """The channels digests go to."""
        return [number for number, place in (await self._known()).items() if place.staff]

    def forget(self) -> None:
        """Look up the places anew: one was set up."""
        self._until = 0.0

    async def role(
        self, person: discord.Member, permissions: discord.Permissions, channel: int, *, anywhere: bool = False
    ) -> Role:
        """What a person may do in a channel of a guild where they have these permissions.

        Args:
            anywhere: whether permissions count also where no community is.
        """
        places = await self._known()
        here = places.get(channel) or places.get(person.guild.id)
        desks = [
            number
            for number, place in places.items()
            if place.staff and (here is None or place.community_id == here.community_id)
        ]
        return self._held(person, permissions, desks, trusted=anywhere or self._is_place(person.guild, places))

    async def roles_alone(self, person: discord.User | discord.Member, *, closely: bool) -> Mapping[str, Role]:
        """What a person may do in direct messages, by the staff channel in whose guild they may.

        Args:
            closely: whether it is worth asking Discord about them.
        """
        return await self._elsewhere(person) if closely else {}

    def _held(
        self, person: discord.Member, permissions: discord.Permissions, desks: Collection[int], *, trusted: bool
    ) -> Role:
        """What somebody is to those who have these staff channels."""
        if any(self._sees(person, desk) for desk in desks):
            return Role.STAFF
        named = any(role.id in self._roles for role in person.roles)
        return Role.MODERATOR if named or (trusted and permissions.manage_messages) else Role.MEMBER

    @staticmethod
    def _is_place(guild: discord.Guild, places: Mapping[int, Place]) -> bool:
        """Whether a guild is a community's: anybody may add the bot to a guild of their own, and manages that."""
        return guild.id in places or any(guild.get_channel_or_thread(number) for number in places)

    async def _known(self) -> Mapping[int, Place]:
        """The places of communities, guilds and channels, by number."""
        if time.monotonic() >= self._until:
            places = await self._core.store.read(lambda session: communities.places(session, PLATFORM))
            self._places = {int(place.external_id): place for place in places if place.external_id.isdecimal()}
            self._until = time.monotonic() + KNOWN
        return self._places

    async def _elsewhere(self, person: discord.User | discord.Member) -> Mapping[str, Role]:
        found: dict[str, Role] = {}
        known: dict[int, discord.Member | None] = {}
        for number in await self.staff_channels():
            channel = self._client.get_channel(number)
            if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
                continue
            guild = channel.guild
            if guild.id not in known:
                known[guild.id] = await _member(guild, person.id)
            if member := known[guild.id]:
                found[str(number)] = self._held(member, member.guild_permissions, [number], trusted=True)
        return found

    def _sees(self, person: discord.Member, number: int) -> bool:
        channel = self._client.get_channel(number)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or channel.guild.id != person.guild.id:
            return False
        rights = channel.permissions_for(person)
        # Who was asked into a private thread is not known here, who may enter any is.
        secret = isinstance(channel, discord.Thread) and channel.is_private()
        return rights.view_channel and (rights.manage_threads or not secret)


async def _member(guild: discord.Guild, number: int) -> discord.Member | None:
    """Somebody as a guild knows them; who cannot be looked up counts as anybody else, and is told what they may not."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await guild.fetch_member(number)
    except discord.NotFound:
        return None
    except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
        structlog.get_logger().error("discord", role_unknown=type(error).__name__)
        return None
