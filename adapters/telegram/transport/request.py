"""Telegram's wire: python-telegram-bot's calls over aiohttp, a fraction of stock httpx's cost per call.

An address holds the bot's token, and aiohttp quotes addresses in its errors: none of them leaves this module, neither
as a message nor as a cause.
"""

import asyncio
import io
import json
import os
import re

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)
_JSON = {"Content-Type": "application/json"}
_SECRET = re.compile(r"/bot\d+(?::|%3A)([^/]+)")
"""The part of a token, in an address, that nobody may see; python-telegram-bot escapes the colon in a file's."""

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
    """One pool of connections to the Bot API. Only between `initialize` and `shutdown` does it answer.

    Args:
        connections: the most open at once; callers beyond it wait.
        read_timeout: seconds of silence to bear from Telegram once a request is sent.
        write_timeout: seconds to send a whole request that has files; others fit into the socket's buffer at once.
        connect_timeout: seconds to open a connection.
        pool_timeout: seconds to wait for a free connection, added to the former.
        proxy: an HTTP proxy's address, with user and password in it if it wants them.
    """

    __slots__ = ("_connect", "_connections", "_pool", "_proxy", "_read", "_session", "_write")

    def __init__(
        self,
        connections: int = 256,
        *,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 60.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        proxy: str | None = None,
    ) -> None:
        self._connections = connections
        self._read, self._write = read_timeout, write_timeout
        self._connect, self._pool = connect_timeout, pool_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds; a long poll adds its own to these."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool, once; it connects when first asked."""
        # Without it python-telegram-bot warns at every 429; with it, its durations are `timedelta`.
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
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
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
            return status, body if method == "GET" and status < 300 else _masked(body, url)
        # Outside the except clause: inside it, aiohttp's error would come along as the context.
        raise failure

    async def _exchange(
        self, url: str, method: str, data: RequestData | None, timeout: aiohttp.ClientTimeout, whole: float | None
    ) -> tuple[int, bytes]:
        """Send and read the answer; `whole` is the time for all of it up to the answer's first byte, in seconds."""
        if self._session is None:
            raise NetworkError("The connection to Telegram is not open")
        body, headers = _body(data)
        async with asyncio.timeout(whole):
            answer = await self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            )
        async with answer:
            return answer.status, await answer.read()


def _seconds(asked: ODVInput[float], default: float | None) -> float | None:
    return default if isinstance(asked, DefaultValue) else asked


def _sum(*seconds: float | None) -> float | None:
    """The sum; None, for ever, when one of them is."""
    known = [one for one in seconds if one is not None]
    return sum(known) if len(known) == len(seconds) else None


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    """What to send, and its headers."""
    if data is None:
        return None, None
    if data.contains_files:
        return _multipart(data), None
    # A lone surrogate cannot be sent; a question mark can.
    return json.dumps(data.parameters, ensure_ascii=False).encode(errors="replace"), _JSON


def _multipart(data: RequestData) -> aiohttp.FormData:
    # Unquoted: Telegram shows a percent-encoded file name as it is.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value.encode("utf-8", "replace").decode())
    for name, (filename, content, media_type) in data.multipart_data.items():
        # As a stream: raw bytes would be written in one go, however many.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=_printable(filename), content_type=media_type)
    return form


def _printable(name: str) -> str:
    """A file name that fits into a header."""
    return "".join(letter if letter.isprintable() else "_" for letter in name)


def _translated(error: Exception) -> NetworkError:
    """What python-telegram-bot's callers expect, told without an address."""
    sent = not isinstance(error, _NEVER_SENT)
    if isinstance(error, TimeoutError):
        return AnswerLate("Telegram did not answer in time") if sent else TimedOut("No connection to Telegram in time")
    reason = _reason(error)
    return AnswerLost(f"Telegram's answer was lost ({reason})") if sent else NetworkError(reason)


def _reason(error: Exception) -> str:
    """What an operator can act on; other errors' own words quote the address."""
    match error:
        case aiohttp.ClientHttpProxyError():
            return f"The proxy answered {error.status}"
        case aiohttp.ClientConnectorError():
            return str(error)
        case _:
            return type(error).__name__


def _masked(body: bytes, url: str) -> bytes:
    """The body, without the secret when it is not the Bot API's own: a proxy's error page quotes the address."""
    secret = None if body.startswith(b"{") else _SECRET.search(url)
    return body.replace(secret[1].encode(), b"***") if secret else body
