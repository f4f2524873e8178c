"""A bare discord.py client on the real sockets, pointed at a fake."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from unittest.mock import patch

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.state import ConnectionState

from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.journal import PATIENCE

TOKEN = "MTIz.secret.of-the-bot"
INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class Bare(discord.Client):
    """Keeps what it is told; never waits before it identifies.

    Attributes:
        told: the names and arguments of events, in order.
    """

    def __init__(self, intents: discord.Intents = INTENTS, **options: Any) -> None:
        super().__init__(intents=intents, **options)
        self.told: list[tuple[str, tuple[Any, ...]]] = []
        self.tree = discord.app_commands.CommandTree(self)

    def dispatch(self, event: str, /, *args: Any, **more: Any) -> None:
        self.told.append((event, args))
        super().dispatch(event, *args, **more)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once, the second time too."""

    def named(self, event: str) -> list[Any]:
        """What came with each event of a name."""
        return [args[0] if args else None for name, args in self.told if name == event]

    async def hears(self, event: str, count: int = 1, seconds: float = PATIENCE) -> list[Any]:
        """What came with an event, once it came so often."""
        async with asyncio.timeout(seconds):
            while len(self.named(event)) < count:
                await asyncio.sleep(0.002)
        return self.named(event)


class Patience:
    """How long the library waits for a further guild before it says that it is ready: no longer than any is to come."""

    def __get__(self, state: ConnectionState, _: object) -> float:
        known = getattr(state, "_guilds", {}).values()
        return 0.05 if any(guild.unavailable for guild in known) else 0.001

    def __set__(self, state: ConnectionState, seconds: float) -> None:
        """Whatever a client asks for."""


@contextmanager
def pointed(fake: FakeDiscord) -> Iterator[None]:
    """The library talks to a fake, and is ready once the guilds it was told of are there."""
    with (
        patch.object(ConnectionState, "guild_ready_timeout", Patience(), create=True),
        patch.object(Route, "BASE", fake.api_url),
        patch.object(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(fake.gateway_url)),
    ):
        yield


@asynccontextmanager
async def running(
    fake: FakeDiscord, client: discord.Client, *, ready: bool = True
) -> AsyncIterator[asyncio.Task[None]]:
    """A client that runs until the end of the block."""
    with pointed(fake):
        task = asyncio.create_task(client.start(TOKEN))
        try:
            if ready:
                await _prepared(client, task)
            yield task
        finally:
            await client.close()
            with contextlib.suppress(discord.ConnectionClosed, discord.LoginFailure, discord.PrivilegedIntentsRequired):
                await task


async def _prepared(client: discord.Client, task: asyncio.Task[None]) -> None:
    """Wait until a client is ready, or fails."""
    async with asyncio.timeout(PATIENCE):
        while not client.is_ready():
            if task.done():
                await task
            await asyncio.sleep(0.002)
