"""Waits for updates that Telegram brings, and answers only once they are kept."""

import json
from collections.abc import Awaitable, Callable
from hmac import compare_digest

from aiohttp import web

from bot.errors import OperatorError
from storage.errors import StoreError

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1_000_000
"""Bytes of the largest update read."""
LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")

Take = Callable[[list[object]], Awaitable[None]]


class Listener:
    """A small server for one bot's webhook.

    Args:
        listen: host:port.
        secret: what Telegram proves itself with; may be empty on a loopback address alone.

    Raises:
        OperatorError: anybody could bring updates.
    """

    def __init__(self, listen: str, secret: str, take: Take) -> None:
        self._host, _, port = listen.rpartition(":")
        self._port = int(port)
        self._secret = secret
        self._take = take
        if not secret and self._host not in LOOPBACK:
            raise OperatorError(
                "Anybody could bring updates: set telegram.webhook_secret (PORTEVOIX_TELEGRAM__WEBHOOK_SECRET)."
            )
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Begin to listen.

        Raises:
            OperatorError: the address is taken.
        """
        application = web.Application(client_max_size=LARGEST)
        application.router.add_post("/{anything:.*}", self._receive)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host or None, self._port).start()
        except OSError as error:
            await self.close()
            raise OperatorError(
                f"{self._host}:{self._port} cannot be listened on ({error.strerror}): set telegram.webhook_listen."
            ) from error

    async def close(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(HEADER, "")
        if not compare_digest(given.encode("utf-8", "replace"), self._secret.encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not (isinstance(raw, dict) and isinstance(raw.get("update_id"), int)):
            return web.Response(status=400)
        try:
            await self._take([raw])
        except StoreError:
            # Telegram brings it again later.
            return web.Response(status=503)
        return web.Response()
