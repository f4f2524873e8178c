"""discord.py's client, set up with the least, whose events go to the adapter."""

from typing import TYPE_CHECKING

import discord
import yarl

if TYPE_CHECKING:
    from adapters.discord.connection.client import Discord

LONGEST_RATE_LIMIT = 30.0
"""Seconds the library waits by itself; a longer rate limit is the outbox's, for that chat alone."""
GUILDS_APART = 0.2
"""Seconds without a further server after which the bot counts as ready.

Nothing but the search for what was missed needs them all, and that waits for them by itself: READY names every server,
a command or mention is answered whether its server is known yet or not, and a channel that is not is asked for.
"""


class Gateway(discord.AutoShardedClient):
    """Discord's events, handed on."""

    def __init__(self, adapter: "Discord", intents: discord.Intents, proxy: str | None) -> None:
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
        self._adapter = adapter

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect where the settings say, whatever address the API gives."""
        own = self._adapter.gateway_url
        await super().launch_shard(yarl.URL(own) if own else gateway, shard_id, initial=initial)

    async def on_shard_connect(self, _: int) -> None:
        """A session began."""
        self._adapter.line.holds()

    async def on_shard_resumed(self, _: int) -> None:
        """A session goes on."""
        self._adapter.line.holds()

    async def setup_hook(self) -> None:
        """Logged in, and not connected yet."""
        await self._adapter.prepare()

    async def on_shard_disconnect(self, _: int) -> None:
        """A connection was lost: what is said meanwhile is looked for, unless Discord tells it all again."""
        self._adapter.disconnected()

    async def on_ready(self) -> None:
        """Connected, with all guilds known."""
        await self._adapter.connected()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Added to a guild: nothing is posted, its commands are made."""
        await self._adapter.joined(guild)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A command, a button, a form or an autocompletion."""
        with self._adapter.busy():
            await self._adapter.interactions.answer(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """A message."""
        with self._adapter.busy():
            await self._adapter.heard(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """New words for a message, or a preview of what it links to."""
        with self._adapter.busy():
            await self._adapter.heard(payload.message, edited=True)
