"""discord.py's client with caching off, which forwards its events to a listener."""

import asyncio
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, suppress
from types import SimpleNamespace
from typing import Protocol

import aiohttp
import discord
import yarl

from adapters.discord.connection.left_places import ids_of
from adapters.discord.connection.log import ConnectionLog
from adapters.discord.connection.parsing import guard, pass_over_own
from adapters.discord.incoming.interactions import Interactions

LONGEST_RATE_LIMIT = 30.0
"""The longest rate limit, in seconds, that the library waits out by itself; else the outbox delays the chat."""
GUILD_READY_TIMEOUT = 0.2
"""Seconds without a further guild after which the library reports that it is ready.

Short, since only catching up on missed messages needs all guilds, and waits for them itself: commands and mentions are
answered whether their guild is cached or not, and a channel that is not cached is fetched.
"""
GUILDS_TIMEOUT = 10.0
"""Seconds to wait for guilds that are not available yet, before looking for missed messages."""
GUILDS_POLL = 0.1


class Listener(Protocol):
    """Receives the gateway's events.

    Attributes:
        gateway_url: the gateway's address when it is not the one Discord's API gives.
        log: logs outages and recoveries of the connection.
        interactions: answers commands, buttons and forms.
    """

    gateway_url: str | None
    log: ConnectionLog
    interactions: Interactions

    def hold_shutdown(self) -> AbstractContextManager[None]:
        """Delay the shutdown until the current task leaves this block."""
        ...

    async def before_connect(self) -> None:
        """Called after the login, before the connection."""
        ...

    async def connected(self, shard: int) -> None:
        """Called once a shard is connected, with its guilds known."""
        ...

    def connection_lost(self, shard: int) -> None:
        """Called when a shard's connection was lost."""
        ...

    async def guild_joined(self, guild: discord.Guild) -> None:
        """Called when the bot was added to a guild."""
        ...

    async def rights_changed(self, guild: discord.Guild) -> None:
        """Called when what the bot may do in a guild may have changed."""
        ...

    async def places_gone(self, ids: Collection[str]) -> None:
        """Called when the bot was removed from a guild, or a channel or thread was deleted."""
        ...

    async def handle_message(self, message: discord.Message, *, edited: bool = False) -> None:
        """Called with each message, and with each edit of one."""
        ...


class Gateway(discord.AutoShardedClient):
    """Forwards Discord's events to a listener, and the `Date` header of each HTTP answer to `hear`.

    Args:
        leased: whether shards are leased, so that it opens none by itself.
    """

    def __init__(
        self,
        listener: Listener,
        intents: discord.Intents,
        proxy: str | None,
        hear: Callable[[str | None], None] = lambda _: None,
        *,
        leased: bool = False,
    ) -> None:
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            proxy=proxy,
            max_ratelimit_timeout=LONGEST_RATE_LIMIT,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            guild_ready_timeout=GUILD_READY_TIMEOUT,
            http_trace=_trace(hear),
        )
        pass_over_own(self._connection.parsers, lambda: self._connection.self_id)
        guard(self._connection.parsers)
        self._listener = listener
        self._leased = leased

    async def wait_for_guilds(self) -> None:
        """Wait until all guilds are available, for at most `GUILDS_TIMEOUT` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GUILDS_TIMEOUT):
                while any(guild.unavailable for guild in self.guilds):
                    await asyncio.sleep(GUILDS_POLL)

    async def launch_shards(self) -> None:
        """Connect every shard, unless they are leased."""
        if not self._leased:
            await super().launch_shards()

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect to the address in the settings, if any, instead of the one the API gives."""
        own = self._listener.gateway_url
        await super().launch_shard(yarl.URL(own) if own else gateway, shard_id, initial=initial)

    async def on_shard_connect(self, _: int) -> None:
        """Report that a session was opened."""
        self._listener.log.report_recovery()

    async def on_shard_resumed(self, _: int) -> None:
        """Report that a session was resumed."""
        self._listener.log.report_recovery()

    async def setup_hook(self) -> None:
        """Forward that the login succeeded, before the connection."""
        await self._listener.before_connect()

    async def on_shard_disconnect(self, shard: int) -> None:
        """Forward that the connection was lost, so that messages missed meanwhile are looked for."""
        self._listener.connection_lost(shard)

    async def on_shard_ready(self, shard: int) -> None:
        """Forward that a shard is connected, with all its guilds known."""
        await self._listener.connected(shard)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Forward that the bot was added to a guild; nothing is posted there."""
        await self._listener.guild_joined(guild)

    async def on_guild_channel_update(self, _: object, channel: discord.abc.GuildChannel) -> None:
        """Forward that a channel's permissions may have changed."""
        await self._listener.rights_changed(channel.guild)

    async def on_guild_role_update(self, _: object, role: discord.Role) -> None:
        """Forward that a role's permissions may have changed."""
        await self._listener.rights_changed(role.guild)

    async def on_member_update(self, _: object, member: discord.Member) -> None:
        """Forward that the bot's own roles may have changed; without an intent, Discord sends no other member's."""
        await self._listener.rights_changed(member.guild)

    async def on_thread_update(self, _: object, thread: discord.Thread) -> None:
        """Forward that a thread may have been unlocked."""
        await self._listener.rights_changed(thread.guild)

    async def on_thread_join(self, thread: discord.Thread) -> None:
        """Forward that an archived thread, which the library had dropped from its cache, may have been unlocked."""
        await self._listener.rights_changed(thread.guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forward that the bot was removed from a guild."""
        await self._listener.places_gone(ids_of(guild))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Forward that a channel was deleted."""
        await self._listener.places_gone({str(channel.id)})

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Forward that a thread was deleted."""
        await self._listener.places_gone({str(payload.thread_id)})

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer a command, a button, a form or an autocompletion."""
        with self._listener.hold_shutdown():
            await self._listener.interactions.answer(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Forward a message, unless it is the bot's own."""
        if message.author == self.user:
            return
        with self._listener.hold_shutdown():
            await self._listener.handle_message(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Forward an edit: Discord sends one for new text, and for a link preview that was added."""
        with self._listener.hold_shutdown():
            await self._listener.handle_message(payload.message, edited=True)


def _trace(hear: Callable[[str | None], None]) -> aiohttp.TraceConfig:
    async def ended(_: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
        hear(end.response.headers.get("Date"))

    made = aiohttp.TraceConfig()
    made.on_request_end.append(ended)
    return made


def intents(*, content: bool) -> discord.Intents:
    """The gateway intents; the privileged one only when message content is to be read."""
    wanted = discord.Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.dm_messages = True
    wanted.message_content = content
    return wanted
