"""discord.py's client, set up with the least, whose events go to a listener."""

from contextlib import AbstractContextManager
from typing import Protocol

import discord
import yarl

from adapters.discord.connection.line import Line
from adapters.discord.incoming.interactions import Interactions

LONGEST_RATE_LIMIT = 30.0
"""Seconds the library waits by itself; a longer rate limit is the outbox's, for that chat alone."""
GUILDS_APART = 0.2
"""Seconds without a further server after which the bot counts as ready.

Nothing but the search for what was missed needs them all, and that waits for them by itself: READY names every server,
a command or mention is answered whether its server is known yet or not, and a channel that is not is asked for.
"""


class Listener(Protocol):
    """What hears the gateway's events.

    Attributes:
        gateway_url: where the gateway is, when not at Discord's own address.
        line: whether Discord answers.
        interactions: answers commands, buttons and forms.
    """

    gateway_url: str | None
    line: Line
    interactions: Interactions

    def busy(self) -> AbstractContextManager[None]:
        """Have the bot finish what this task does before it stops."""
        ...

    async def prepare(self) -> None:
        """Logged in, and not connected yet."""
        ...

    async def connected(self) -> None:
        """Connected, with all servers known."""
        ...

    def disconnected(self) -> None:
        """The connection was lost."""
        ...

    async def joined(self, guild: discord.Guild) -> None:
        """Added to a server."""
        ...

    async def heard(self, message: discord.Message, *, edited: bool = False) -> None:
        """A message was written, or edited."""
        ...


class Gateway(discord.AutoShardedClient):
    """Discord's events, handed on."""

    def __init__(self, listener: Listener, intents: discord.Intents, proxy: str | None) -> None:
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            proxy=proxy,
            max_ratelimit_timeout=LONGEST_RATE_LIMIT,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            guild_ready_timeout=GUILDS_APART,
        )
        self._listener = listener

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect where the settings say, whatever address the API gives."""
        own = self._listener.gateway_url
        await super().launch_shard(yarl.URL(own) if own else gateway, shard_id, initial=initial)

    async def on_shard_connect(self, _: int) -> None:
        """A session began."""
        self._listener.line.holds()

    async def on_shard_resumed(self, _: int) -> None:
        """A session goes on."""
        self._listener.line.holds()

    async def setup_hook(self) -> None:
        """Logged in, and not connected yet."""
        await self._listener.prepare()

    async def on_shard_disconnect(self, _: int) -> None:
        """A connection was lost: what is said meanwhile is looked for, unless Discord tells it all again."""
        self._listener.disconnected()

    async def on_ready(self) -> None:
        """Connected, with all guilds known."""
        await self._listener.connected()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Added to a guild: nothing is posted, its commands are made."""
        await self._listener.joined(guild)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A command, a button, a form or an autocompletion."""
        with self._listener.busy():
            await self._listener.interactions.answer(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """A message."""
        with self._listener.busy():
            await self._listener.heard(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """New words for a message, or a preview of what it links to."""
        with self._listener.busy():
            await self._listener.heard(payload.message, edited=True)
