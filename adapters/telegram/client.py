"""The adapter: connects, receives by polling or webhook, and delivers."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog
from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, ExtBot

from adapters.telegram import menu
from adapters.telegram.intake import Intake, follow_move
from adapters.telegram.places import PLATFORM
from adapters.telegram.polling import WAITS, Poller, explain
from adapters.telegram.receive import Receiver
from adapters.telegram.request import AiohttpRequest
from adapters.telegram.rights import Rights
from adapters.telegram.sending import Sender
from adapters.telegram.webhook import Listener
from bot.config import Mode
from bot.context import Core
from bot.errors import OperatorError
from bot.ports import Address, Handle, TryLater
from bot.reply import Reply

NOT_YET = 1.0
"""Seconds after which a delivery before the first connection is tried again."""


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
        self.bot = self._bot(token)
        # Its own retries would halt every chat, so there are none: the outbox does that, for the one chat alone.
        self._paced = self._bot(token, AIORateLimiter(max_retries=0))
        rights = Rights(core, self.bot)
        self._sender = Sender(core, self.bot, self._paced)
        self._receiver = Receiver(core, self.bot, rights)
        self._intake = Intake(core, self.bot, self._one)
        self._ready = asyncio.Event()

    def _bot(self, token: str, limiter: AIORateLimiter | None = None) -> Bot:
        bot: Bot = ExtBot(
            token,
            base_url=f"{self._settings.api_url}/bot",
            base_file_url=f"{self._settings.api_url}/file/bot",
            request=self._request,
            get_updates_request=self._polling,
            rate_limiter=limiter,
        )
        return bot

    async def run(self) -> None:
        """Receive until cancelled."""
        _quiet()
        listener = self._listener()
        async with self._connected():
            await self._intake.replay()
            presenting = asyncio.create_task(self._present())
            try:
                if listener:
                    await self._listen(listener)
                else:
                    await self._poll()
            finally:
                presenting.cancel()
                self._ready.clear()

    async def send(self, address: Address, reply: Reply) -> None:
        """Deliver a reply.

        Raises:
            Unreachable: it will never arrive there.
            TryLater: it did not arrive now.
            Uncertain: nobody can tell whether it arrived.
        """
        if not self._ready.is_set():
            raise TryLater("not connected yet", NOT_YET)
        await self._sender.send(address, reply)

    async def _one(self, updates: Sequence[Update]) -> None:
        """Handle an update; whatever happens, it is closed or will be handled after the next start."""
        query = updates[0].callback_query
        try:
            if query:
                await self._stop_spinning(query.id)
            await follow_move(self._core, updates[0])
            inbound = await self._receiver.read(updates)
            if inbound is None:
                await self._intake.close(str(update.update_id) for update in updates)
                return
            shown = await self._handle(inbound)
            if shown is not None:
                # The store took nothing: what there is to say is said now, or never.
                await self.send(Address(inbound.chat.own or inbound.chat.id, True, f"answer:{inbound.id}"), shown)
        except Exception as error:
            structlog.get_logger().error("telegram", error=type(error).__name__)

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
            self._core.owed.set()
            yield
        finally:
            await self._polling.shutdown()
            await self._request.shutdown()

    async def _greet(self) -> None:
        attempt, told = 0, ""
        while True:
            try:
                await self.bot.initialize()
                await self._paced.initialize()
            except (TelegramError, RuntimeError) as error:
                trouble = explain(error)
                if trouble != told:
                    structlog.get_logger().error("telegram", trouble=trouble)
                    told = trouble
                await asyncio.sleep(WAITS[min(attempt, len(WAITS) - 1)])
                attempt += 1
            else:
                structlog.get_logger().info("telegram", connected=f"@{self.bot.username}")
                return

    async def _present(self) -> None:
        try:
            await menu.publish(self._core, self.bot)
        except TelegramError as error:
            structlog.get_logger().error("telegram", menu=explain(error))

    async def _poll(self) -> None:
        with contextlib.suppress(TelegramError):
            await self.bot.delete_webhook(drop_pending_updates=False)
        await Poller(self._url, self._polling, self._intake.take).run()

    def _listener(self) -> Listener | None:
        if self._settings.mode is Mode.POLL:
            return None
        if not self._settings.webhook_url:
            raise OperatorError(
                "Set telegram.webhook_url (PORTEVOIX_TELEGRAM__WEBHOOK_URL), where Telegram reaches it."
            )
        return Listener(self._settings.webhook_listen, self._secret, self._intake.take)

    @property
    def _secret(self) -> str:
        secret = self._settings.webhook_secret
        return secret.get_secret_value() if secret else ""

    async def _listen(self, listener: Listener) -> None:
        await listener.open()
        try:
            await self._register()
            await asyncio.Event().wait()
        finally:
            await listener.close()

    async def _register(self) -> None:
        """Tell Telegram where we listen, however long that takes."""
        attempt = 0
        while True:
            try:
                await self.bot.set_webhook(self._settings.webhook_url or "", secret_token=self._secret or None)
            except InvalidToken as error:
                structlog.get_logger().error("telegram", trouble=explain(error))
            except TelegramError as error:
                structlog.get_logger().error("telegram", webhook=str(error))
            else:
                return
            await asyncio.sleep(WAITS[min(attempt, len(WAITS) - 1)])
            attempt += 1


def _quiet() -> None:
    """The library's own log quotes what it received; ours says what an operator needs."""
    for name in ("telegram", "telegram.ext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
