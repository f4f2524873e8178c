"""The adapter: connects, receives by polling or webhook, and delivers."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog
from telegram import Bot, Update
from telegram.error import TelegramError

from adapters.telegram import menu
from adapters.telegram.connection.polling import WANTED, Poller
from adapters.telegram.incoming.intake import Intake
from adapters.telegram.incoming.receive import Receiver
from adapters.telegram.outgoing.sending import Sender, follow_move
from adapters.telegram.places import PLATFORM
from adapters.telegram.rights import Rights
from adapters.telegram.transport.patience import Patience
from adapters.telegram.transport.request import AiohttpRequest
from adapters.telegram.transport.wire import Wire
from bot.core import Core
from bot.errors import OperatorError
from bot.ports.adapter import Address, Handle, Offline, TryLater, Uncertain, Unreachable
from bot.ports.reply import Reply
from bot.settings.connections import Mode
from storage.engine.errors import StoreError

if TYPE_CHECKING:
    from adapters.telegram.connection.webhook import Listener

NOT_YET = 1.0
"""Seconds after which a delivery before the first connection is tried again."""
CHECKED = 60.0
"""Seconds between looks at whether Telegram still knows the webhook."""


class Telegram:
    """Telegram as the core sees it."""

    name = PLATFORM

    def __init__(self, core: Core, handle: Handle) -> None:
        own = core.settings.telegram
        token = own.token.get_secret_value().strip() if own.token else ""
        if ":" not in token:
            raise OperatorError("telegram.token is not a token of @BotFather's: it has a number, a colon and letters.")
        self._core = core
        self._handle = handle
        self._settings = own
        self._request = AiohttpRequest(proxy=own.proxy)
        self._polling = AiohttpRequest(2, proxy=own.proxy)
        self._url = f"{own.api_url}/bot{token}"
        self.bot = Bot(
            token,
            base_url=f"{own.api_url}/bot",
            base_file_url=f"{own.api_url}/file/bot",
            request=self._request,
            get_updates_request=self._polling,
        )
        rights = Rights(core, self.bot)
        self._patience = Patience()
        self._sender = Sender(core, Wire(self._url, self._request), self.bot, lambda: self._patience.tried)
        self._receiver = Receiver(core, self.bot, rights)
        self._intake = Intake(core, self.bot, self._one)
        self._listener = self._webhook()
        self._ready = asyncio.Event()

    async def run(self) -> None:
        """Receive until cancelled."""
        _quiet()
        async with self._connected():
            presenting = asyncio.create_task(self._present())
            try:
                await self._intake.replay()
                await (self._listen(self._listener) if self._listener else self._poll())
            finally:
                presenting.cancel()
                self._ready.clear()
                await self._intake.stop()

    async def send(self, address: Address, reply: Reply) -> None:
        """Deliver a reply.

        Raises:
            Unreachable: it will never arrive there.
            TryLater: it did not arrive now.
            Uncertain: nobody can tell whether it arrived.
        """
        if not self._ready.is_set():
            raise Offline("not connected yet", NOT_YET)
        await self._sender.send(address, reply)

    async def _one(self, updates: Sequence[Update]) -> None:
        """Handle an update, or an album's several."""
        query = updates[0].callback_query
        spinning = asyncio.create_task(self._stop_spinning(query.id)) if query else None
        try:
            await self._answer(updates)
        finally:
            if spinning:
                await spinning

    async def _answer(self, updates: Sequence[Update]) -> None:
        message = updates[0].message
        if message and message.migrate_to_chat_id:
            await follow_move(self._core, message.chat.id, message.migrate_to_chat_id)
        inbound = await self._receiver.read(updates)
        if inbound is None:
            await self._intake.close(updates)
            return
        try:
            shown = await self._handle(inbound)
        except StoreError:
            # Nothing was to be said, and the store could not even note that: kept open, it would come again at the
            # next start, when the talk has long gone on.
            await self._intake.close(updates)
            return
        if shown is not None:
            # The store took nothing: what there is to say is said now, or never.
            with contextlib.suppress(TryLater, Unreachable, Uncertain):
                await self.send(Address(inbound.chat.own or inbound.chat.id, True, f"answer:{inbound.id}"), shown)
            await self._intake.close(updates)

    async def _stop_spinning(self, query_id: str) -> None:
        with contextlib.suppress(TelegramError):
            await self.bot.answer_callback_query(query_id)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[None]:
        """The connections, open; while Telegram cannot be reached it waits and says so."""
        await self._request.initialize()
        await self._polling.initialize()
        try:
            await self._greet()
            self._ready.set()
            self._core.debts.note()
            yield
        finally:
            await self._polling.shutdown()
            await self._request.shutdown()

    async def _greet(self) -> None:
        await _insist(self.bot.initialize, self._patience)
        structlog.get_logger().info("telegram", connected=f"@{self.bot.username}")

    async def _present(self) -> None:
        await _insist(lambda: menu.publish(self._core, self.bot), Patience())

    async def _poll(self) -> None:
        await _insist(lambda: self.bot.delete_webhook(drop_pending_updates=False), self._patience)
        await Poller(self._url, self._polling, self._intake.take, self._patience).run()

    def _webhook(self) -> "Listener | None":
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
        secret = self._settings.webhook_secret
        return secret.get_secret_value() if secret else ""

    async def _listen(self, listener: "Listener") -> None:
        await listener.open()
        try:
            await _insist(self._register, self._patience)
            while True:
                await asyncio.sleep(CHECKED)
                await _insist(self._check, self._patience)
        finally:
            await listener.close()

    async def _register(self) -> None:
        """Tell Telegram where we listen."""
        url, secret = self._settings.webhook_url or "", self._secret or None
        await self.bot.set_webhook(url, secret_token=secret, allowed_updates=WANTED)

    async def _check(self) -> None:
        """See that updates still come: whoever polls with the same token takes the webhook away."""
        info = await self.bot.get_webhook_info()
        if info.url != self._settings.webhook_url:
            structlog.get_logger().error("telegram", trouble="another program took this bot's webhook away; set again")
            await self._register()
        elif info.pending_update_count and info.last_error_message:
            trouble = f"Telegram cannot bring updates to telegram.webhook_url: {info.last_error_message}"
            structlog.get_logger().error("telegram", trouble=trouble)


async def _insist(call: Callable[[], Awaitable[object]], patience: Patience) -> None:
    """Call Telegram until it answers, however long that takes."""
    while True:
        try:
            await call()
        except (TelegramError, RuntimeError) as error:
            await patience.wait(error)
        else:
            patience.over()
            return


def _quiet() -> None:
    """The library's own log quotes what it received; ours says what an operator needs."""
    for name in ("telegram", "telegram.ext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
