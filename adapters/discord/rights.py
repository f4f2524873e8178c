"""The roles of people, from the permissions and role ids that Discord sends with their events."""

import asyncio
import contextlib
import time
from collections.abc import Collection, Mapping

import aiohttp
import discord

from adapters.discord.membership import LOOKUP_TIMEOUT, Membership
from adapters.discord.names import PLATFORM
from adapters.discord.servers import lost_place, news
from bot.core import Core
from bot.ports.inbound import Role
from storage.engine.errors import StoreError
from storage.models import Place
from storage.people import communities, servers

PLACES_TTL = 10.0
"""Seconds the places are cached: every event needs them, and they rarely change."""
UNKNOWN_MEMBER = 10007
"""Discord's error code for an account that is not in the guild."""


class Rights:
    """Determines the roles of people who act on Discord."""

    def __init__(self, core: Core, client: discord.Client) -> None:
        self._core = core
        self._client = client
        self._roles = frozenset(core.settings.discord.moderator_roles)
        self._membership = Membership()
        self._places: Mapping[int, Place] = {}
        self._places_expire = 0.0

    async def staff_channels(self) -> Collection[int]:
        """The ids of the channels digests are posted in."""
        return [number for number, place in (await self._known_places()).items() if place.staff]

    def forget_places(self) -> None:
        """Drop the cached places; called when one was set up."""
        self._places_expire = 0.0

    async def role(
        self, person: discord.Member, permissions: discord.Permissions, channel: int, *, anywhere: bool = False
    ) -> Role:
        """The role of a person in a channel of a guild.

        Args:
            permissions: the person's permissions in that channel.
            anywhere: whether permissions also count in a guild that belongs to no community.
        """
        places = await self._known_places()
        here = places.get(channel) or places.get(person.guild.id) or lost_place(person.guild, places)
        staff_channels = [
            number
            for number, place in places.items()
            if place.staff and (here is None or place.community_id == here.community_id)
        ]
        return self._role_of(
            person, permissions, staff_channels, trusted=anywhere or self._is_place(person.guild, places)
        )

    async def within(self, guild: int, role: Role) -> str:
        """The id of the place that contains a guild's channels: the guild, or for moderators its deleted only place.

        Members do not belong to a community through a deleted place.
        """
        found = self._client.get_guild(guild) if role > Role.MEMBER else None
        lost = lost_place(found, await self._known_places()) if found else None
        return lost.external_id if lost else str(guild)

    async def roles_in_private(self, person: discord.User | discord.Member, *, look_up: bool) -> Mapping[str, Role]:
        """The roles of a person in direct messages, by the id of the place they have each in.

        Args:
            look_up: whether to ask Discord; otherwise no roles are returned.
        """
        return await self._roles_by_place(person.id) if look_up else {}

    async def roles_of(self, account: str) -> Mapping[str, Role]:
        """The roles of an account, by the id of the place it has each in."""
        return await self._roles_by_place(int(account)) if account.isdecimal() else {}

    def _role_of(
        self,
        person: discord.Member,
        permissions: discord.Permissions,
        staff_channels: Collection[int],
        *,
        trusted: bool,
    ) -> Role:
        """The role of a member for the community that has these staff channels."""
        if any(self._sees(person, staff_channel) for staff_channel in staff_channels):
            return Role.STAFF
        named = any(role.id in self._roles for role in person.roles)
        manages = permissions.manage_messages or permissions.administrator
        return Role.MODERATOR if named or (trusted and manages) else Role.MEMBER

    @staticmethod
    def _is_place(guild: discord.Guild, places: Mapping[int, Place]) -> bool:
        """Whether a guild belongs to a community: anybody may add the bot to a guild they manage themselves."""
        known = guild.id in places or any(guild.get_channel_or_thread(number) for number in places)
        return known or lost_place(guild, places) is not None

    async def is_in_place(self, place: str, account: str) -> bool | None:
        """Whether an account is in the guild of a place; None if Discord does not answer or the bot is not there.

        Asked each time, since Discord reports who left only with the privileged intent for members.
        """
        guild = self._guild_of(int(place)) if place.isdecimal() and account.isdecimal() else None
        if guild is None:
            return None
        try:
            async with asyncio.timeout(LOOKUP_TIMEOUT):
                await guild.fetch_member(int(account))
        except discord.NotFound as error:
            return False if error.code == UNKNOWN_MEMBER else None
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError):
            return None
        return True

    async def _known_places(self) -> Mapping[int, Place]:
        """The places of all communities by the id of the guild or channel, cached for `PLACES_TTL` seconds."""
        if time.monotonic() >= self._places_expire:
            places = await self._core.store.read(lambda session: communities.places(session, PLATFORM))
            self._places = {int(place.external_id): place for place in places if place.external_id.isdecimal()}
            self._places_expire = time.monotonic() + PLACES_TTL
            await self._remember_servers(news(self._client, self._places))
        return self._places

    async def _remember_servers(self, new: Mapping[str, str]) -> None:
        """Store the servers of places, while their channels still exist."""
        if not new:
            return
        # Not raised: people are answered even when the disk is full.
        with contextlib.suppress(StoreError):
            await self._core.store.write(lambda session: servers.remember(session, PLATFORM, new))

    async def _roles_by_place(self, person: int) -> Mapping[str, Role]:
        """A person's role in each place, even if the community's staff channel is elsewhere or deleted."""
        found: dict[str, Role] = {}
        for number, place in (await self._known_places()).items():
            guild = self._guild_of(number) or self._server_of(place)
            if guild is None:
                continue
            if member := await self._membership.find(guild, person):
                staff_channels = [number] if place.staff else []
                found[str(number)] = self._role_of(member, _permissions(member, number), staff_channels, trusted=True)
        return found

    def _guild_of(self, number: int) -> discord.Guild | None:
        """The guild that a place is or is in."""
        channel = self._client.get_channel(number)
        if isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return channel.guild
        return self._client.get_guild(number)

    def _server_of(self, place: Place) -> discord.Guild | None:
        """The guild of a deleted place that was its only one; None if the guild still has another place."""
        guild = self._client.get_guild(int(place.server)) if place.server else None
        return guild if guild and lost_place(guild, self._places) is place else None

    def _sees(self, person: discord.Member, number: int) -> bool:
        channel = self._client.get_channel(number)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or channel.guild.id != person.guild.id:
            return False
        rights = channel.permissions_for(person)
        # A private thread's members are not cached; people with Manage Threads can enter every thread.
        secret = isinstance(channel, discord.Thread) and channel.is_private()
        return rights.view_channel and (rights.manage_threads or not secret)


def _permissions(member: discord.Member, number: int) -> discord.Permissions:
    """A member's permissions in a place: in its channel if they can see it, else in the guild."""
    channel = member.guild.get_channel_or_thread(number)
    there = channel.permissions_for(member) if channel else member.guild_permissions
    return there if there.view_channel else member.guild_permissions
