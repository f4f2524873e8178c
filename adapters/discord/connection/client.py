"""The Discord adapter: connects, receives interactions and messages, and sends replies."""

import asyncio
from collections.abc import Collection, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import discord
import structlog

from adapters.discord import contacts
from adapters.discord.commands.sync import GLOBAL, Registration
from adapters.discord.connection import absence
from adapters.discord.connection.catchup import CatchUp
from adapters.discord.connection.gateway import Gateway, intents
from adapters.discord.connection.left_places import ids_of, missing
from adapters.discord.connection.line import Line
from adapters.discord.connection.log import ConnectionLog
from adapters.discord.incoming.interactions import Interactions
from adapters.discord.incoming.receive import Receiver
from adapters.discord.names import PLATFORM
from adapters.discord.outgoing.cards import Cards
from adapters.discord.outgoing.sending import Sender
from adapters.discord.outgoing.wiring import set_addresses
from adapters.discord.rights import Rights
from bot.core import Core
from bot.delivery.envelope import answer_address
from bot.ports.adapter import Address, Handle, Offline, TryLater, Uncertain, Unreachable
from bot.ports.card import Face
from bot.ports.reply import Reply
from bot.privacy.left_places import LeftPlaces
from storage.engine.errors import StoreError

CONNECT_RETRY = 1.0
"""Seconds after which a delivery before the first connection is retried."""
GRACE_PERIOD = 1.2
"""Seconds a stopping bot waits for answers in progress: Discord sends each event only once."""
CLOSE_TIMEOUT = 0.3
"""Seconds a stopping bot waits for the library to close the connection."""


class Discord:
    """Discord as the core sees it: implements `bot.ports.adapter.Platform`.

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
        token = own.token.get_secret_value().strip() if own.token else ""
        wanted = intents(content=own.message_content)
        self.client = Gateway(self, wanted, own.proxy, core.platform_time.note_date, leased=core.store.shared)
        self._rights = Rights(core, self.client)
        self._receiver = Receiver(core, self.client, self._rights)
        self._registration = Registration(core, self.client)
        self._sender = Sender(core, self.client, self._registration.known)
        self._cards = Cards(core, self.client, self._registration.known)
        core.presence.register(PLATFORM, self._rights.is_in_place, self._rights.roles_of)
        self._left_places = LeftPlaces(core, PLATFORM)
        self.interactions = Interactions(core, handle, self._receiver, self._sender, self._registration.known)
        self._ready = asyncio.Event()
        self._in_progress: set[asyncio.Task[Any]] = set()
        self._private_chats = absence.PrivateChats(core)
        self._catch_up = CatchUp(core, self.client, self._receiver.is_addressed, self._handle_missed)
        self._after_connect: set[asyncio.Task[None]] = set()
        """Running tasks that answer missed messages, and look for places."""
        self._line = Line(self.client, token, self.log, core.store.leases, self.before_connect, self._deliver)

    async def run(self) -> None:
        """Receive until cancelled.

        Raises:
            OperatorError: Discord refuses the token, or an intent is not switched on.
        """
        connection = asyncio.create_task(self._line.stay_connected())
        try:
            await self._line.until_ended(connection)
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

    async def send(self, address: Address, reply: Reply) -> str:
        """Send a reply; return the id of its message, if it is one.

        Raises:
            Unreachable: the address will never accept it.
            TryLater: it was not sent now; as `Offline`, nothing can be.
            Uncertain: it may have been sent before, and cannot be recognised any more.
        """
        # Answers that a handler is giving are still sent while the bot is stopping.
        if asyncio.current_task() not in self._in_progress:
            self._check_ready()
        return await self._sender.send(address, reply)

    async def post(self, place: str, key: str, face: Face) -> str:
        """Post a card in a channel, or as a post of a forum; see `Cards`."""
        self._check_ready()
        return await self._cards.post(place, key, face)

    async def edit(self, place: str, message: str, face: Face) -> None:
        """Edit a card; see `Cards`."""
        self._check_ready()
        await self._cards.edit(place, message, face)

    async def remove(self, place: str, message: str) -> None:
        """Delete a card, or empty it; see `Cards`."""
        self._check_ready()
        await self._cards.remove(place, message)

    async def retract(self, place: str, key: str, number: int) -> bool:
        """Delete what an attempt to post a card left; see `Cards`."""
        self._check_ready()
        return await self._cards.retract(place, key, number)

    async def before_connect(self) -> None:
        """Look up since when messages may have been missed, before new events arrive."""
        await self._catch_up.before_connect()

    def connection_lost(self, shard: int) -> None:
        """Note since when messages may be missed."""
        self._catch_up.connection_lost(shard)

    async def connected(self, shard: int) -> None:
        """Log the connection, register the commands, let the outbox be delivered, and answer missed messages."""
        structlog.get_logger().info("discord", connected=str(self.client.user), guilds=len(self.client.guilds))
        self._deliver()
        self._registration.start(GLOBAL, *(guild.id for guild in self.client.guilds))
        if (since := self._catch_up.due(shard)) is not None:
            self._start(self._catch_up.run(since))
        self._start(self._look_for_places())
        self._start(contacts.learn(self._core, self.client))

    async def guild_joined(self, guild: discord.Guild) -> None:
        """Register the commands in a guild the bot was added to."""
        self._registration.start(guild.id)
        await self._left_places.come_back(ids_of(guild).__contains__)
        await self._sender.barred.look_again(ids_of(guild).__contains__)

    async def rights_changed(self, guild: discord.Guild) -> None:
        """Post what a guild's places refused, where the bot may write now."""
        await self._sender.barred.rights_changed(ids_of(guild))

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
        for task in (connection, *self._after_connect):
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

    def _check_ready(self) -> None:
        if not self._ready.is_set():
            raise Offline("not connected yet", CONNECT_RETRY)

    def _deliver(self) -> None:
        """Let the outbox be delivered; where shards are leased, also without having one."""
        self._ready.set()
        self._core.debts.notify()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        """Start work after a connection, as a task that is cancelled when the bot stops."""
        task = asyncio.create_task(work)
        self._after_connect.add(task)
        task.add_done_callback(self._after_connect.discard)

    async def _handle_missed(self, message: discord.Message) -> None:
        with self.hold_shutdown():
            await self.handle_message(message)

    async def _look_for_places(self) -> None:
        """Note which places the bot was removed from, or added to again; post what was refused before in the others."""
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
        await self._sender.barred.look_again(lambda place: place not in away)
