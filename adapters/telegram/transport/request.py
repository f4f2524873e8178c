"""HTTP transport for python-telegram-bot over aiohttp, which costs a fraction of the default httpx per call.

Addresses contain the bot's token, and aiohttp quotes addresses in its errors: so no aiohttp error leaves this module,
neither as a message nor as a cause.
"""

import asyncio
import io
import json
import os
import re
from collections.abc import Callable

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.secrecy import SecretFilter

_NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)
_JSON = {"Content-Type": "application/json"}
_SECRET = re.compile(r"/bot\d+(?::|%3A)([^/]+)")
"""The secret part of a token in an address; python-telegram-bot escapes the colon in those of files."""

_HEADERS = {"User-Agent": BaseRequest.USER_AGENT}


class AnswerLost(NetworkError):
    """The request may have reached Telegram and taken effect; its answer did not arrive.

    Any other `NetworkError` of this module means that Telegram got no request. Repeating a send after this one may
    post it twice.
    """

    __slots__ = ()


class AnswerLate(AnswerLost, TimedOut):
    """As `AnswerLost`, because the answer took longer than the read timeout."""

    __slots__ = ()


class AiohttpRequest(BaseRequest):
    """A pool of connections to the Bot API, open between `initialize` and `shutdown`.

    Args:
        connections: open connections at most; further callers wait.
        read_timeout: seconds without data from Telegram once a request is sent.
        write_timeout: seconds to send a request with files; others fit into the socket's buffer.
        connect_timeout: seconds to open a connection.
        pool_timeout: seconds to wait for a free connection, added to `connect_timeout`.
        proxy: an HTTP proxy's address, with user and password if needed.
        hear: told the `Date` header of each answer.
    """

    __slots__ = ("_connect", "_connections", "_hear", "_pool", "_proxy", "_read", "_session", "_write")

    def __init__(
        self,
        connections: int = 256,
        *,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 60.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        proxy: str | None = None,
        hear: Callable[[str | None], None] = lambda _: None,
    ) -> None:
        self._connections = connections
        self._read, self._write = read_timeout, write_timeout
        self._connect, self._pool = connect_timeout, pool_timeout
        self._proxy = proxy
        self._hear = hear
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The read timeout in seconds; a long poll adds its own duration."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool, if not open; connections are made by requests."""
        # Without this python-telegram-bot warns at every 429; with it, durations are `timedelta`.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=_HEADERS,
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close every connection; `initialize` opens the pool again."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request.

        Returns:
            The answer's status and body, whatever the status.

        Raises:
            AnswerLost: it may have been sent; `AnswerLate` when time ran out.
            NetworkError: it was not sent; `TimedOut` when time ran out.
        """
        connecting = _seconds(connect_timeout, self._connect)
        waiting = _sum(connecting, _seconds(pool_timeout, self._pool))
        reading = _seconds(read_timeout, self._read)
        timeout = aiohttp.ClientTimeout(connect=waiting, sock_connect=connecting, sock_read=reading)
        files = request_data is not None and request_data.contains_files
        whole = _sum(waiting, _seconds(write_timeout, self._write), reading) if files else None
        try:
            status, body = await self._exchange(url, method, request_data, timeout, whole)
        except (aiohttp.ClientError, OSError) as error:
            failure = _translated(error)
        else:
            return status, body if method == "GET" and status < 300 else masked(body, url, status)
        # Outside the except clause: inside it, aiohttp's error would come along as the context.
        raise failure

    async def _exchange(
        self, url: str, method: str, data: RequestData | None, timeout: aiohttp.ClientTimeout, whole: float | None
    ) -> tuple[int, bytes]:
        """Send a request and read the answer; `whole` limits the seconds up to the answer's first byte."""
        if self._session is None:
            raise NetworkError("The connection to Telegram is not open")
        body, headers = _body(data)
        async with asyncio.timeout(whole):
            answer = await self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            )
        async with answer:
            self._hear(answer.headers.get("Date"))
            return answer.status, await answer.read()


def _seconds(asked: object, default: float | None) -> float | None:
    if asked is BaseRequest.DEFAULT_NONE:
        return default
    return float(asked) if isinstance(asked, int | float) else None


def _sum(*seconds: float | None) -> float | None:
    """The sum, or None (no limit) when one of them is None."""
    known = [one for one in seconds if one is not None]
    return sum(known) if len(known) == len(seconds) else None


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    """The body and its headers."""
    if data is None:
        return None, None
    if data.contains_files:
        return _multipart(data), None
    # A lone surrogate cannot be sent; a question mark can.
    return json.dumps(data.parameters, ensure_ascii=False).encode(errors="replace"), _JSON


def _multipart(data: RequestData) -> aiohttp.FormData:
    # Unquoted: Telegram does not decode percent-encoded file names.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value.encode("utf-8", "replace").decode())
    for name, (filename, content, media_type) in data.multipart_data.items():
        # As a stream: aiohttp writes bytes in one piece, whatever their size.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=_printable(filename), content_type=media_type)
    return form


def _printable(name: str) -> str:
    """A file name that can be sent in a header."""
    return "".join(letter if letter.isprintable() else "_" for letter in name)


def _translated(error: Exception) -> NetworkError:
    """The error python-telegram-bot's callers expect, without the address."""
    sent = not isinstance(error, _NEVER_SENT)
    if isinstance(error, TimeoutError):
        return AnswerLate("Telegram did not answer in time") if sent else TimedOut("No connection to Telegram in time")
    reason = _reason(error)
    return AnswerLost(f"Telegram's answer was lost ({reason})") if sent else NetworkError(reason)


def _reason(error: Exception) -> str:
    """The error in words for the operator; messages that may quote the address are left out."""
    match error:
        case aiohttp.ClientHttpProxyError():
            return f"The proxy answered {error.status}"
        case aiohttp.ClientConnectorError():
            return str(error)
        case _:
            return type(error).__name__


def masked(body: bytes, url: str, status: int) -> bytes:
    """The body without the secret of the address: a proxy's error page may quote it, also in JSON and escaped.

    Of an answer that is no error only the secret as it is is masked: it is Telegram's own, and long.
    """
    found = _SECRET.search(url)
    if found is None:
        return body
    if status < 300 and body.startswith(b'{"ok":true'):
        return body.replace(found[1].encode(), b"***")
    secret_filter = SecretFilter((found[1],))
    try:
        return json.dumps(secret_filter.mask(json.loads(body))).encode()
    except (ValueError, RecursionError):
        return secret_filter.hide(body.decode("utf-8", "replace")).encode()
