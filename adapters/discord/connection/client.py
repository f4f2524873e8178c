"""The adapter: connects, receives interactions and messages, and delivers."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import aiohttp
import discord
import structlog

from adapters.discord.commands.sync import EVERYWHERE, Registration
from adapters.discord.connection import absence
from adapters.discord.connection.gateway import Gateway
from adapters.discord.connection.line import Line
from adapters.discord.incoming.interactions import Interactions
from adapters.discord.incoming.receive import Receiver
from adapters.discord.names import PLATFORM
from adapters.discord.outgoing.sending import REFUSED, Sender
from adapters.discord.outgoing.wiring import point_at, start_over
from adapters.discord.rights import Rights
from bot.core import Core
from bot.delivery.envelope import back_to
from bot.errors import OperatorError
from bot.ports.adapter import Address, Handle, Offline, TryLater, Uncertain, Unreachable
from bot.ports.reply import Reply

NOT_YET = 1.0
"""Seconds after which a delivery before the first connection is tried again."""
WAITS = (1, 2, 5, 10, 30)
GRACE = 1.2
"""Seconds a stopping bot has for answers it began: Discord tells it only once what they answer."""
CLOSING = 0.3
"""Seconds a stopping bot waits for the library to let go of the line."""
GUILDS_LATE = 10.0
"""Seconds to wait for servers that are not there yet, before looking for what was missed."""
A_MOMENT = 0.1
SILENT = (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError)
STRANGE = (discord.NotFound, LookupError, TypeError, ValueError, AttributeError)
"""What the library meets where something else than Discord answers: another page, other keys, no such address."""
NOT_DISCORD = "What answers at discord.api_url does not answer as Discord does, trying again"
BAD_TOKEN = 4004
"""The gateway's code for a token that holds no more."""


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
        self._registration = Registration(core, self.client)
        self._ready = asyncio.Event()
        self._answering: set[asyncio.Task[Any]] = set()
        self._chats = absence.Chats(core)
        self._since: int | None = None
        self._searches: set[asyncio.Task[None]] = set()
        """Those for what was missed."""

    async def run(self) -> None:
        """Receive until cancelled.

        Raises:
            OperatorError: Discord refuses the token, or an intent is not switched on.
        """
        connection = asyncio.create_task(self._connect())
        try:
            with self.line:
                # A task of its own: while it reconnects, the library swallows a cancellation.
                await asyncio.wait([connection])
                connection.result()
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
            await self._stop(connection)

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
        # What was begun is said while the bot stops, too.
        if not self._ready.is_set() and asyncio.current_task() not in self._answering:
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
        self._core.debts.note()
        self._registration.start(EVERYWHERE, *(guild.id for guild in self.client.guilds))
        self._search()

    async def joined(self, guild: discord.Guild) -> None:
        """Added to a guild."""
        self._registration.start(guild.id)

    async def heard(self, message: discord.Message, *, edited: bool = False) -> None:
        """Answer a message that was meant for the bot, or that it is sure about; or new words for one."""
        try:
            await self._chats.note(message)
            inbound = await (self._receiver.reworded if edited else self._receiver.said)(message)
            reply = await self._handle(inbound) if inbound else None
            if inbound and reply:
                # Nothing is owed: it was not meant for the bot, or the store took nothing. It is said now or never.
                await self.send(back_to(inbound, reply, self._core.settings.language, "help"), reply)
        except (TryLater, Unreachable, Uncertain) as error:
            structlog.get_logger().error("discord", undelivered=str(error))
        except Exception as error:
            structlog.get_logger().error("discord", error=type(error).__name__)

    async def _stop(self, connection: "asyncio.Task[None]") -> None:
        """Take nothing more, give the answers that were begun, and let go of the line, dead or alive."""
        self._ready.clear()
        self._registration.stop()
        for task in (connection, *self._searches):
            task.cancel()
        hanging_up = [asyncio.create_task(shard.disconnect()) for shard in self.client.shards.values()]
        await asyncio.wait([*hanging_up, asyncio.create_task(self._answered())], timeout=GRACE)
        for task in self._answering:
            task.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING):
                await self.client.close()
        await self.client.http.close()
        await asyncio.wait([connection], timeout=CLOSING)

    async def _answered(self) -> None:
        """Wait until nothing is being answered, what came last included."""
        await asyncio.sleep(0)
        while self._answering:
            await asyncio.wait(self._answering)

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
            except (*SILENT, *STRANGE) as error:
                if self.client.is_closed():
                    raise
                self.line.broke(error, NOT_DISCORD if isinstance(error, STRANGE) else "")
                await asyncio.sleep(WAITS[min(attempt, len(WAITS) - 1)])
                if between:
                    await between()
            else:
                return

    def _search(self) -> None:
        """Look for what was missed, if anything can have been."""
        since, self._since = self._since, None
        if since is not None:
            search = asyncio.create_task(self._catch_up(since))
            self._searches.add(search)
            search.add_done_callback(self._searches.discard)

    async def _catch_up(self, since: int) -> None:
        """Answer what was missed, one after another; stopped, it ends after the one it is at."""
        try:
            await self._all_guilds()
            async for message in absence.missed(self._core, self.client, since, self._receiver.is_meant):
                await asyncio.shield(asyncio.create_task(self._heard_late(message)))
        except Exception as error:
            structlog.get_logger().error("discord", missed=type(error).__name__)

    async def _heard_late(self, message: discord.Message) -> None:
        with self.busy():
            await self.heard(message)

    async def _all_guilds(self) -> None:
        """Wait for the servers that come late; one that Discord itself has lost is not waited for without end."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GUILDS_LATE):
                while any(guild.unavailable for guild in self.client.guilds):
                    await asyncio.sleep(A_MOMENT)


def _intents(*, content: bool) -> discord.Intents:
    """No privileged intent unless plain messages are to be read."""
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    intents.message_content = content
    return intents
