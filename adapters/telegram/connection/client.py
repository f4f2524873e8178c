"""The Telegram adapter: connects, receives by long polling or webhook, and sends replies."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from telegram import Bot, Update
from telegram.error import TelegramError

from adapters.telegram import contacts, introduction
from adapters.telegram.connection.polling import UPDATE_TYPES, Poller
from adapters.telegram.incoming.changes import Changes
from adapters.telegram.incoming.intake import Intake
from adapters.telegram.incoming.receive import Receiver
from adapters.telegram.menu import Menus
from adapters.telegram.outgoing.alarm import Alarm
from adapters.telegram.outgoing.cards import Cards
from adapters.telegram.outgoing.presses import Presses
from adapters.telegram.outgoing.refusals import Refusals
from adapters.telegram.outgoing.sending import Sender
from adapters.telegram.outgoing.unseen import Unseen
from adapters.telegram.places import PLATFORM
from adapters.telegram.rights import Rights
from adapters.telegram.transport.backoff import Backoff
from adapters.telegram.transport.calls import Calls, allow_raw_calls
from adapters.telegram.transport.request import AiohttpRequest
from adapters.telegram.transport.silence import Silence
from bot.core import Core
from bot.errors import OperatorError
from bot.ports.adapter import Address, Handle, NotStored, Offline, TryLater, Uncertain, Unreachable
from bot.ports.card import Face
from bot.ports.reply import Reply
from bot.privacy.left_places import LeftPlaces
from bot.settings.connections import Mode
from bot.standby import first_of, lead
from storage.engine.errors import StoreError

if TYPE_CHECKING:
    from adapters.telegram.connection.webhook import Listener

CONNECT_RETRY = 1.0
"""Seconds after which a delivery before the first connection is retried."""
WEBHOOK_CHECK_INTERVAL = 60.0
"""Seconds between checks that Telegram still has the webhook."""
ABANDONED_CHECK_INTERVAL = 3.0
"""Seconds between two looks for updates that another process accepted over the webhook and did not finish."""
ABANDONED_AFTER = timedelta(seconds=6)
"""How old an unfinished update is when its process has probably ended; if not, the second attempt has no effect."""


class Telegram:
    """Telegram as the core sees it: implements `bot.ports.adapter.Platform`."""

    name = PLATFORM

    def __init__(self, core: Core, handle: Handle) -> None:
        own = core.settings.telegram
        token = own.token.get_secret_value().strip() if own.token else ""
        if ":" not in token:
            raise OperatorError("telegram.token is not a token of @BotFather's: it has a number, a colon and letters.")
        self._core = core
        self._handle = handle
        self._settings = own
        self._request = AiohttpRequest(proxy=own.proxy, hear=core.platform_time.note_date)
        self._polling = AiohttpRequest(2, proxy=own.proxy, hear=core.platform_time.note_date)
        self.bot = Bot(
            token,
            base_url=f"{own.api_url}/bot",
            base_file_url=f"{own.api_url}/file/bot",
            request=self._request,
            get_updates_request=self._polling,
        )
        self._rights = Rights(core, self.bot)
        core.presence.register(PLATFORM, self._rights.is_in_place, self._rights.roles_of)
        left_places = LeftPlaces(core, PLATFORM)
        self._backoff = Backoff()
        calls = Calls(self.bot)
        alarm = Alarm(core, self.bot, self._rights.find_team)
        self._presses = Presses(self.bot)
        self._unseen = Unseen(self.bot)
        refusals = Refusals(Silence(self.bot.get_me), lambda: self._backoff.failing)
        self._sender = Sender(core, calls, self.bot, refusals, left_places, alarm, self._presses, self._unseen)
        self._cards = Cards(core, calls, self.bot, refusals, left_places)
        self._changes = Changes(core, self._rights, left_places, alarm)
        self._menus = Menus(core, self.bot, self._rights)
        self._receiver = Receiver(core, self.bot, self._rights)
        self._intake = Intake(core, self.bot, self._handle_updates, self._show_unstored)
        self._listener = self._make_listener()
        self._ready = asyncio.Event()

    async def run(self) -> None:
        """Receive until cancelled.

        Raises:
            OperatorError: the webhook's address cannot be listened on.
            StoreError: the unfinished updates cannot be read.
        """
        _silence_library_log()
        allow_raw_calls()
        async with self._connected():
            try:
                await (self._listen(self._listener) if self._listener else lead(self._core.store, PLATFORM, self._poll))
            finally:
                self._ready.clear()
                await self._intake.stop()
                await self._presses.stop()

    async def send(self, address: Address, reply: Reply) -> str:
        """Send a reply; return the id of its message, if it is one.

        Raises:
            Unreachable: the address will never accept it.
            TryLater: it was not sent now; as `Offline`, nothing can be.
            Uncertain: it may have been sent; the answer was lost.
        """
        self._check_ready()
        return await self._sender.send(address, reply)

    async def post(self, place: str, key: str, face: Face) -> str:
        """Post a card, as `bot.ports.adapter.Board` says; Telegram cannot tell by the key that it was posted before."""
        self._check_ready()
        return await self._cards.post(place, face)

    async def edit(self, place: str, message: str, face: Face) -> None:
        """Edit a card, as `bot.ports.adapter.Board` says."""
        self._check_ready()
        await self._cards.edit(place, message, face)

    async def remove(self, place: str, message: str) -> None:
        """Delete a card, as `bot.ports.adapter.Board` says."""
        self._check_ready()
        await self._cards.remove(place, message)

    async def retract(self, place: str, key: str, number: int) -> bool:
        """Find no card, as Telegram shows a bot nothing that was posted before; see `bot.ports.adapter.Board`."""
        return False

    def _check_ready(self) -> None:
        if not self._ready.is_set():
            raise Offline("not connected yet", CONNECT_RETRY)

    async def _handle_updates(self, updates: Sequence[Update]) -> None:
        """Handle an update, or all updates of an album."""
        first = updates[0]
        if first.callback_query:
            self._presses.note(first.update_id, first.callback_query)
        await self._changes.note(first)
        inbound = await self._receiver.read(updates)
        if inbound is None:
            await self._intake.close(updates)
            return
        self._unseen.note(first, inbound)
        try:
            shown = await self._handle(inbound)
        except StoreError:
            # There was no answer, and the store could not record that. Left open, the update would be handled again at
            # the next start, much too late.
            await self._intake.close(updates)
            return
        await self._menus.note(inbound)
        await self._cards.take_double(inbound)
        if inbound.chat.private:
            await self._sender.hints.take_away(inbound.chat.id)
        if shown is not None:
            # This answer is not in the outbox, since the store refused it: it is sent now or never.
            with suppress(TryLater, Unreachable, Uncertain):
                await self.send(Address(inbound.chat.own or inbound.chat.id, True, f"answer:{inbound.id}"), shown)
            await self._intake.close(updates)

    async def _show_unstored(self, update: Update) -> bool:
        """Answer an update that cannot be stored, if that needs no storing; return whether it was answered."""
        inbound = await self._receiver.read([update])
        danger = inbound is not None and self._core.recogniser.danger(inbound.text)
        if inbound is None or ((inbound.edited or inbound.attachments) and not danger):
            return False
        try:
            shown, done = await self._handle(replace(inbound, means=replace(inbound.means, kept=True))), True
        except StoreError as refusal:
            shown, done = refusal.shown if isinstance(refusal, NotStored) else None, False
        if shown is not None:
            await self.send(Address(inbound.chat.own or inbound.chat.id, True, f"answer:{inbound.id}"), shown)
        return done and shown is not None

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[None]:
        """Open the connections and log in; while Telegram cannot be reached, log that and retry."""
        await self._request.initialize()
        await self._polling.initialize()
        try:
            await self._log_in()
            self._ready.set()
            self._core.debts.notify()
            yield
        finally:
            await self._polling.shutdown()
            await self._request.shutdown()

    async def _log_in(self) -> None:
        await _retry(self.bot.initialize, self._backoff)
        structlog.get_logger().info("telegram", connected=f"@{self.bot.username}")
        await contacts.learn(self._core, self.bot)

    async def _introduce(self) -> None:
        """Publish what people see of the bot before they write to it."""
        await _retry(partial(introduction.publish, self._core, self.bot), Backoff())
        await _retry(self._menus.publish, Backoff())

    async def _poll(self) -> None:
        """Finish what is unfinished, then receive; one process at a time does it."""
        publishing = asyncio.create_task(self._introduce())
        try:
            await self._intake.replay()
            await _retry(lambda: self.bot.delete_webhook(drop_pending_updates=False), self._backoff)
            await first_of(Poller(self.bot, self._intake.take, self._backoff).run, self._intake.revisits.run)
        finally:
            publishing.cancel()
            await self._intake.stop()

    def _make_listener(self) -> "Listener | None":
        if self._settings.mode is Mode.POLL:
            return None
        if not self._settings.webhook_url:
            raise OperatorError(
                "Set telegram.webhook_url (PORTEVOIX_TELEGRAM__WEBHOOK_URL), where Telegram reaches it."
            )
        # Imported here: a bot that polls needs no web server.
        from adapters.telegram.connection.webhook import Listener  # noqa: PLC0415

        return Listener(self._settings.webhook_listen, self._secret, self._intake.take)

    @property
    def _secret(self) -> str:
        return secret.get_secret_value() if (secret := self._settings.webhook_secret) else ""

    async def _listen(self, listener: "Listener") -> None:
        await listener.open()
        try:
            await _retry(self._set_webhook, self._backoff)
            await first_of(self._keep_webhook, partial(lead, self._core.store, PLATFORM, self._attend_webhook))
        finally:
            await listener.close()

    async def _keep_webhook(self) -> None:
        while True:
            await asyncio.sleep(WEBHOOK_CHECK_INTERVAL)
            await _retry(self._check_webhook, self._backoff)

    async def _attend_webhook(self) -> None:
        """Finish what this process, or another that ended, accepted and did not finish; one process at a time does."""
        publishing = asyncio.create_task(self._introduce())
        try:
            if not self._core.store.shared:
                await self._intake.replay()
            while True:
                await asyncio.sleep(ABANDONED_CHECK_INTERVAL)
                await self._intake.revisits.look()
                if self._core.store.shared:
                    await self._intake.replay(ABANDONED_AFTER)
        finally:
            publishing.cancel()

    async def _set_webhook(self) -> None:
        """Register the webhook's address with Telegram."""
        url, secret = self._settings.webhook_url or "", self._secret or None
        await self.bot.set_webhook(url, secret_token=secret, allowed_updates=UPDATE_TYPES)

    async def _check_webhook(self) -> None:
        """Set the webhook again if it was removed, as by another program with this token; log failing deliveries."""
        info = await self.bot.get_webhook_info()
        if info.url != self._settings.webhook_url:
            structlog.get_logger().error("telegram", trouble="another program took this bot's webhook away; set again")
            await self._set_webhook()
        elif info.pending_update_count and info.last_error_message:
            trouble = f"Telegram cannot bring updates to telegram.webhook_url: {info.last_error_message}"
            structlog.get_logger().error("telegram", trouble=trouble)


async def _retry(call: Callable[[], Awaitable[object]], backoff: Backoff) -> None:
    """Call Telegram until it answers, without limit, waiting as `backoff` says."""
    while True:
        try:
            await call()
        except (TelegramError, RuntimeError) as error:
            await backoff.wait(error)
        else:
            backoff.reset()
            return


def _silence_library_log() -> None:
    """Silence the library's log, which quotes received text."""
    for name in ("telegram", "telegram.ext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
