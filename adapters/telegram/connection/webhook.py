"""Waits for updates that Telegram brings, and answers only once they are kept."""

import json
import logging
import string
from hmac import compare_digest

import structlog
from aiohttp import web

from adapters.telegram.connection.polling import Take
from adapters.telegram.incoming.intake import is_update
from adapters.telegram.transport.patience import explain
from bot.errors import OperatorError

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1_000_000
"""Bytes of the largest update read."""
LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
ALLOWED = frozenset(string.ascii_letters + string.digits + "_-")
"""What Telegram lets a secret be made of."""
CLOSING_SECONDS = 1.0
"""How long those who are bringing updates may finish once the bot stops."""


class Listener:
    """A small server for one bot's webhook.

    Args:
        listen: host:port.
        secret: what Telegram proves itself with; may be empty on a loopback address alone.

    Raises:
        OperatorError: anybody could bring updates, or nobody could.
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
        if not set(secret) <= ALLOWED or len(secret) > 256:
            raise OperatorError("telegram.webhook_secret must be 1-256 of A-Z, a-z, 0-9, _ and -.")
        if not 0 < self._port < 65536:
            raise OperatorError(f"telegram.webhook_listen has no port {port}: it ends with 1 to 65535.")
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Begin to listen.

        Raises:
            OperatorError: the address is taken.
        """
        application = web.Application(client_max_size=LARGEST)
        application.router.add_post("/{anything:.*}", self._receive)
        # What strangers send, however broken, is no matter for an operator's log: our own faults are told below.
        silent = logging.getLogger("portevoix.webhook")
        silent.setLevel(logging.CRITICAL)
        self._runner = web.AppRunner(application, access_log=None, logger=silent, shutdown_timeout=CLOSING_SECONDS)
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
        except web.HTTPRequestEntityTooLarge:
            raise
        except Exception:
            # Cut off, wrongly compressed, no JSON, or nested without end: whatever it is, it is no update.
            return web.Response(status=400)
        if not is_update(raw):
            return web.Response(status=400)
        try:
            await self._take([raw])
        except Exception as error:
            # Telegram brings it again later.
            structlog.get_logger().error("telegram", trouble=explain(error))
            return web.Response(status=503)
        return web.Response()
