"""Webhook: receives updates over HTTP, and answers 200 only once they are stored."""

import json
import logging
import string
from hmac import compare_digest

import structlog
from aiohttp import web

from adapters.telegram.connection.polling import Take
from adapters.telegram.incoming.intake import is_update
from adapters.telegram.transport.backoff import explain
from bot.errors import OperatorError

HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1_000_000
"""The largest request body accepted, in bytes."""
LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
SECRET_CHARACTERS = frozenset(string.ascii_letters + string.digits + "_-")
"""The characters Telegram allows in a secret."""
CLOSE_TIMEOUT = 1.0
"""Seconds that open requests may take to finish when the bot stops."""


class Listener:
    """The HTTP server for one bot's webhook.

    Args:
        listen: host:port.
        secret: the token Telegram sends in a header; may be empty only on a loopback address.
        take: stores updates, and returns once they are stored.

    Raises:
        OperatorError: the secret is missing or malformed, or the port is out of range.
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
        if not set(secret) <= SECRET_CHARACTERS or len(secret) > 256:
            raise OperatorError("telegram.webhook_secret must be 1-256 of A-Z, a-z, 0-9, _ and -.")
        if not 0 < self._port < 65536:
            raise OperatorError(f"telegram.webhook_listen has no port {port}: it ends with 1 to 65535.")
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Start listening.

        Raises:
            OperatorError: the address cannot be listened on.
        """
        application = web.Application(client_max_size=MOST_BYTES)
        application.router.add_post("/{anything:.*}", self._receive)
        # Malformed requests by strangers are not logged; faults of the bot are logged below.
        silent = logging.getLogger("portevoix.webhook")
        silent.setLevel(logging.CRITICAL)
        self._runner = web.AppRunner(application, access_log=None, logger=silent, shutdown_timeout=CLOSE_TIMEOUT)
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
            # Cut off, wrongly compressed, not JSON, or nested too deep.
            return web.Response(status=400)
        if not is_update(raw):
            return web.Response(status=400)
        try:
            await self._take([raw])
        except Exception as error:
            # Telegram retries later.
            structlog.get_logger().error("telegram", trouble=explain(error))
            return web.Response(status=503)
        return web.Response()
