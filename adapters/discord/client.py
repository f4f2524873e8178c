"""The adapter: connects, receives interactions and messages, and delivers."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import aiohttp
import discord
import structlog
import yarl

from adapters.discord import absence, sync
from adapters.discord.interactions import Interactions
from adapters.discord.line import Line
from adapters.discord.names import PLATFORM
from adapters.discord.receive import Receiver
from adapters.discord.rights import Rights
from adapters.discord.sending import REFUSED, Sender
from adapters.discord.wiring import point_at, start_over
from bot.context import Core
from bot.envelope import back_to
from bot.errors import OperatorError
from bot.ports import Address, Handle, Offline, TryLater, Unreachable
from bot.reply import Reply

NOT_YET = 1.0
"""Seconds after which a delivery before the first connection is tried again."""
WAITS = (1, 2, 5, 10, 30)
GRACE = 1.0
"""Seconds a stopping bot has for answers it began: Discord tells it only once what they answer."""
BAD_TOKEN = 4004
"""The gateway's code for a token that holds no more."""
LONGEST_RATE_LIMIT = 30.0
"""Seconds the library waits by itself; a longer rate limit is the outbox's, for that chat alone."""


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


class Discord:
    """Discord as the core sees it.

    Attributes:
        client: discord.py's own, one for the whole life of the adapter.
        gateway_url: where the gateway is, when not at Discord's own address.
        line: whether Discord answers.
    """

    name = PLATFORM

    def __init__(self, core: Core, handle: Handle) -> None:
        own = core.settings.discord
        point_at(own.api_url, own.gateway_url)
        self._core = core
        self._handle = handle
        self.gateway_url = own.gateway_url
        self.line = Line()
        self._token = own.token.get_secret_value().strip() if own.token else ""
        self.client = Gateway(self, _intents(content=own.message_content), own.proxy)
        self._rights = Rights(core, self.client)
        self._receiver = Receiver(core, self.client, self._rights)
        self._sender = Sender(core, self.client)
        self.interactions = Interactions(core, handle, self._receiver, self._sender)
        self._ready = asyncio.Event()
        self._answering: set[asyncio.Task[Any]] = set()
        self._since: int | None = None

    async def run(self) -> None:
        """Receive until cancelled.

        Raises:
            OperatorError: Discord refuses the token, or an intent is not switched on.
        """
        try:
            with self.line:
                await self._connect()
        except discord.LoginFailure:
            raise OperatorError(REFUSED) from None
        except discord.PrivilegedIntentsRequired:
            raise OperatorError(
                "Switch on the Message Content Intent in Discord's developer portal, or set discord.message_content "
                "to false."
            ) from None
        except discord.ConnectionClosed as error:
            told = f"Discord ended the connection for good (close code {error.code})."
            raise OperatorError(REFUSED if error.code == BAD_TOKEN else told) from None
        finally:
            self._ready.clear()
            if self._answering:
                await asyncio.wait(self._answering, timeout=GRACE)
            await self.client.close()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """What this task does meanwhile is done before the bot stops, unless it takes long."""
        task = asyncio.current_task()
        if task:
            self._answering.add(task)
        try:
            yield
        finally:
            if task:
                self._answering.discard(task)

    async def send(self, address: Address, reply: Reply) -> None:
        """Deliver a reply.

        Raises:
            Unreachable: it will never arrive there.
            TryLater: it did not arrive now.
        """
        if not self._ready.is_set():
            raise Offline("not connected yet", NOT_YET)
        await self._sender.send(address, reply)

    async def prepare(self) -> None:
        """Learn where it was left off, before anything new comes in."""
        self._since = await absence.last_seen(self._core)

    def disconnected(self) -> None:
        """Note since when something may be missed."""
        self._since = self._since or absence.now()

    async def connected(self) -> None:
        """The gateway is there: say so, register the commands, deliver what waited, and answer what was missed."""
        structlog.get_logger().info("discord", connected=str(self.client.user), guilds=len(self.client.guilds))
        self._ready.set()
        self._core.owed.set()
        await self._tried(sync.publish(self._core, self.client))
        await self._tried(self._catch_up())

    async def joined(self, guild: discord.Guild) -> None:
        """Added to a guild."""
        await self._tried(sync.publish_in(self._core, self.client, guild.id))

    async def heard(self, message: discord.Message) -> None:
        """Answer a message that was meant for the bot, or that it is sure about."""
        try:
            inbound = await self._receiver.said(message)
            reply = await self._handle(inbound) if inbound else None
            if inbound and reply:
                # Nothing is owed: it was not meant for the bot, or the store took nothing. It is said now or never.
                await self.send(back_to(inbound, reply, self._core.settings.language, "help"), reply)
        except (TryLater, Unreachable) as error:
            structlog.get_logger().error("discord", undelivered=str(error))
        except Exception as error:
            structlog.get_logger().error("discord", error=type(error).__name__)

    async def _connect(self) -> None:
        """Log in and stay connected; while Discord cannot be reached it waits and says so."""
        await self._insist(lambda: self.client.login(self._token), lambda: start_over(self.client))
        await self._insist(self.client.connect)

    async def _insist(
        self, call: Callable[[], Awaitable[None]], between: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Call Discord until it answers, however long that takes; what it refuses for good is raised."""
        for attempt in count():
            try:
                await call()
            except (discord.LoginFailure, discord.ConnectionClosed):
                raise
            except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
                self.line.broke(error)
                await asyncio.sleep(WAITS[min(attempt, len(WAITS) - 1)])
                if between:
                    await between()
            else:
                return

    async def _catch_up(self) -> None:
        since, self._since = self._since, None
        if since is None:
            return
        async for message in absence.messages_since(self.client, since):
            if self._receiver.is_meant(message):
                await self.heard(message)

    async def _tried(self, work: Awaitable[None]) -> None:
        try:
            await work
        except sync.REFUSALS as error:
            structlog.get_logger().error("discord", commands=sync.words(error))


def _intents(*, content: bool) -> discord.Intents:
    """No privileged intent unless plain messages are to be read."""
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    intents.message_content = content
    return intents
