"""The Discord adapter: connects, receives interactions and messages, and sends replies."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from typing import Any

import aiohttp
import discord
import structlog

from adapters.discord.commands.sync import GLOBAL, Registration
from adapters.discord.connection import absence
from adapters.discord.connection.gateway import Gateway, intents
from adapters.discord.connection.left_places import ids_of, missing
from adapters.discord.connection.log import ConnectionLog
from adapters.discord.connection.shards import Shards
from adapters.discord.incoming.interactions import Interactions
from adapters.discord.incoming.receive import Receiver
from adapters.discord.names import PLATFORM
from adapters.discord.outgoing.sending import REFUSED_CREDENTIALS, Sender
from adapters.discord.outgoing.wiring import reset_login, set_addresses
from adapters.discord.rights import Rights
from bot.core import Core
from bot.delivery.envelope import answer_address
from bot.errors import OperatorError
from bot.ports.adapter import Address, Handle, Offline, TryLater, Uncertain, Unreachable
from bot.ports.reply import Reply
from bot.privacy.left_places import LeftPlaces
from bot.standby import first_of
from storage.engine.errors import StoreError

CONNECT_RETRY = 1.0
"""Seconds after which a delivery before the first connection is retried."""
BACKOFF = (1, 2, 5, 10, 30)
"""Seconds between attempts to connect."""
GRACE_PERIOD = 1.2
"""Seconds a stopping bot waits for answers in progress: Discord sends each event only once."""
CLOSE_TIMEOUT = 0.3
"""Seconds a stopping bot waits for the library to close the connection."""
"""Seconds between looks at whether all guilds are available."""
UNREACHABLE = (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError)
UNEXPECTED_ANSWER = (discord.NotFound, LookupError, TypeError, ValueError, AttributeError)
"""Errors of the library when the address does not answer as Discord: another page, other keys, 404."""
NOT_DISCORD = "What answers at discord.api_url does not answer as Discord does, trying again"
BAD_TOKEN = 4004
"""The gateway's close code for an invalid token."""


class Discord:
    """Discord as the core sees it: implements `bot.ports.adapter.Adapter`.

    Attributes:
        client: discord.py's client, the same for the adapter's lifetime.
        gateway_url: the gateway's address when it is not the one Discord's API gives.
        log: logs outages and recoveries of the connection.
    """

    name = PLATFORM

    def __init__(self, core: Core, handle: Handle) -> None:
        own = core.settings.discord
        set_addresses(own.api_url, own.gateway_url)
        self._core = core
        self._handle = handle
        self.gateway_url = own.gateway_url
        self.log = ConnectionLog()
        self._token = own.token.get_secret_value().strip() if own.token else ""
        wanted = intents(content=own.message_content)
        self.client = Gateway(self, wanted, own.proxy, core.witness.hear, leased=core.store.shared)
        self._rights = Rights(core, self.client)
        self._receiver = Receiver(core, self.client, self._rights)
        self._registration = Registration(core, self.client)
        self._sender = Sender(core, self.client, self._registration.known)
        core.presence.ask_by(PLATFORM, self._rights.is_in_place)
        self._left_places = LeftPlaces(core, PLATFORM)
        self.interactions = Interactions(core, handle, self._receiver, self._sender, self._registration.known)
        self._ready = asyncio.Event()
        self._in_progress: set[asyncio.Task[Any]] = set()
        self._private_chats = absence.PrivateChats(core)
        self._before_start: int | None = None
        self._missed_since: dict[int, int | None] = {}
        """By shard that was connected before, since when messages may have been missed; None when they cannot."""
        self._catch_ups: set[asyncio.Task[None]] = set()
        """Running tasks that answer missed messages, and look for places."""

    async def run(self) -> None:
        """Receive until cancelled.

        Raises:
            OperatorError: Discord refuses the token, or an intent is not switched on.
        """
        connection = asyncio.create_task(self._connect())
        try:
            with self.log:
                # In a task, because the library swallows cancellations while it reconnects.
                await self._until_ended(connection)
        except discord.LoginFailure:
            raise OperatorError(REFUSED_CREDENTIALS) from None
        except discord.PrivilegedIntentsRequired:
            raise OperatorError(
                "Switch on the Message Content Intent in Discord's developer portal, or set discord.message_content "
                "to false."
            ) from None
        except discord.ConnectionClosed as error:
            told = f"Discord ended the connection for good (close code {error.code})."
            raise OperatorError(REFUSED_CREDENTIALS if error.code == BAD_TOKEN else told) from None
        finally:
            await self._stop(connection)

    @contextmanager
    def hold_shutdown(self) -> Iterator[None]:
        """Delay the shutdown until the current task leaves this block, for at most `GRACE_PERIOD` seconds."""
        task = asyncio.current_task()
        if task:
            self._in_progress.add(task)
        try:
            yield
        finally:
            if task:
                self._in_progress.discard(task)

    async def send(self, address: Address, reply: Reply) -> None:
        """Send a reply.

        Raises:
            Unreachable: the address will never accept it.
            TryLater: it was not sent now; as `Offline`, nothing can be.
            Uncertain: it may have been sent before, and cannot be recognised any more.
        """
        # Answers that a handler is giving are still sent while the bot is stopping.
        if not self._ready.is_set() and asyncio.current_task() not in self._in_progress:
            raise Offline("not connected yet", CONNECT_RETRY)
        await self._sender.send(address, reply)

    async def before_connect(self) -> None:
        """Look up since when messages may have been missed, before new events arrive."""
        self._before_start = await absence.last_seen(self._core)

    def connection_lost(self, shard: int) -> None:
        """Note since when messages may be missed."""
        if shard in self._missed_since:
            self._missed_since[shard] = self._missed_since[shard] or absence.snowflake_before_loss()

    async def connected(self, shard: int) -> None:
        """Log the connection, register the commands, let the outbox be delivered, and answer missed messages."""
        structlog.get_logger().info("discord", connected=str(self.client.user), guilds=len(self.client.guilds))
        self._ready.set()
        self._core.debts.notify()
        self._registration.start(GLOBAL, *(guild.id for guild in self.client.guilds))
        self._start_catch_up(shard)
        self._start(self._look_for_places())

    async def guild_joined(self, guild: discord.Guild) -> None:
        """Register the commands in a guild the bot was added to."""
        self._registration.start(guild.id)
        await self._left_places.come_back(ids_of(guild).__contains__)

    async def places_gone(self, ids: Collection[str]) -> None:
        """Note the places the bot is no longer in."""
        await self._left_places.leave(ids.__contains__)

    async def handle_message(self, message: discord.Message, *, edited: bool = False) -> None:
        """Pass a message to the core if it may concern the bot, and send the answer. Errors are logged.

        Args:
            edited: whether it is a new version of an earlier message.
        """
        try:
            await self._private_chats.remember(message)
            inbound = await (self._receiver.read_edit if edited else self._receiver.read_message)(message)
            reply = await self._handle(inbound) if inbound else None
            if inbound and reply:
                # This answer is not in the outbox, since the store refused it: it is sent now or never.
                await self.send(answer_address(inbound, reply, self._core.settings.language, "help"), reply)
        except (TryLater, Unreachable, Uncertain) as error:
            structlog.get_logger().error("discord", undelivered=str(error))
        except Exception as error:
            structlog.get_logger().error("discord", error=type(error).__name__)

    async def _stop(self, connection: "asyncio.Task[None]") -> None:
        """Stop receiving, wait for answers in progress, and close the connection."""
        self._ready.clear()
        self._registration.stop()
        for task in (connection, *self._catch_ups):
            task.cancel()
        hanging_up = [asyncio.create_task(shard.disconnect()) for shard in self.client.shards.values()]
        await asyncio.wait([*hanging_up, asyncio.create_task(self._wait_until_answered())], timeout=GRACE_PERIOD)
        for task in self._in_progress:
            task.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_TIMEOUT):
                await self.client.close()
        await self.client.http.close()
        await asyncio.wait([connection], timeout=CLOSE_TIMEOUT)

    async def _wait_until_answered(self) -> None:
        """Wait until no answer is in progress."""
        # Events received last start their tasks first.
        await asyncio.sleep(0)
        while self._in_progress:
            await asyncio.wait(self._in_progress)

    async def _connect(self) -> None:
        """Log in and stay connected; while Discord cannot be reached, log that and retry."""
        await self._retry(lambda: self.client.login(self._token), lambda: reset_login(self.client))
        if self._core.store.leases is None:
            await self._retry(self.client.connect)
            return
        # Without a shard it delivers all the same.
        self._ready.set()
        self._core.debts.notify()
        shards = Shards(self._core.store.leases, self.client, self.before_connect)
        await first_of(partial(self._retry, self.client.connect), partial(shards.run, self._retry))

    async def _until_ended(self, connection: "asyncio.Task[None]") -> None:
        """Wait until the connection ends, or the leases on shards are lost."""
        lost = [asyncio.create_task(leases.lost())] if (leases := self._core.store.leases) else []
        try:
            done, _ = await asyncio.wait([connection, *lost], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in lost:
                task.cancel()

    async def _retry(
        self, call: Callable[[], Awaitable[None]], between: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Call Discord until it answers, without limit.

        Args:
            between: called before each retry.

        Raises:
            discord.LoginFailure: the token is refused.
            discord.ConnectionClosed: Discord ended the connection and does not allow another.
        """
        for attempt in count():
            try:
                await call()
            except (discord.LoginFailure, discord.ConnectionClosed):
                raise
            except (*UNREACHABLE, *UNEXPECTED_ANSWER) as error:
                if self.client.is_closed():
                    raise
                self.log.report_failure(error, NOT_DISCORD if isinstance(error, UNEXPECTED_ANSWER) else "")
                await asyncio.sleep(BACKOFF[min(attempt, len(BACKOFF) - 1)])
                if between:
                    await between()
            else:
                return

    def _start_catch_up(self, shard: int) -> None:
        """Start answering missed messages, if there can be any."""
        since, self._missed_since[shard] = self._missed_since.get(shard, self._before_start), None
        if since is not None:
            self._start(self._catch_up(since))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        """Start work after a connection, as a task that is cancelled when the bot stops."""
        search = asyncio.create_task(work)
        self._catch_ups.add(search)
        search.add_done_callback(self._catch_ups.discard)

    async def _catch_up(self, since: int) -> None:
        """Answer missed messages one after another; when cancelled, the current one is still answered."""
        try:
            await self.client.wait_for_guilds()
            async for message in absence.missed(self._core, self.client, since, self._receiver.is_addressed):
                await asyncio.shield(asyncio.create_task(self._handle_missed(message)))
        except Exception as error:
            structlog.get_logger().error("discord", missed=type(error).__name__)

    async def _handle_missed(self, message: discord.Message) -> None:
        with self.hold_shutdown():
            await self.handle_message(message)

    async def _look_for_places(self) -> None:
        """Note which places the bot was removed from, or added to again, while it was not connected."""
        await self.client.wait_for_guilds()
        if any(guild.unavailable for guild in self.client.guilds):
            return
        try:
            away = await missing(self._core, self.client)
        except StoreError as error:
            structlog.get_logger().error("discord", mend=str(error))
            return
        await self._left_places.come_back(lambda place: place not in away)
        await self._left_places.leave(away.__contains__)
