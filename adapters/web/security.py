"""Middleware that refuses requests from other sites, and sets security headers."""

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 1_000_000
"""The largest request body accepted."""
NAMES = ("127.0.0.1", "localhost", "[::1]")
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: with it, browsers hide the Origin of the page's own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware that passes on only requests made by the page itself."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == 80 else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on; either response gets the security headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, sending = Headers(scope=scope), _with_headers(send)
        refusal = self._refusal(scope["method"], headers)
        if refusal is None and scope["method"] == "POST":
            body = await _body(receive)
            if body is None:
                refusal = PlainTextResponse("This is more than the page takes.", 413)
            else:
                receive = _replay(body, receive)
        await (refusal or self._app)(scope, receive, sending)

    def _refusal(self, method: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "").lower()
        # DNS rebinding: a foreign name that resolves to this machine would give another site the page's origin.
        if host not in self._hosts:
            return PlainTextResponse("This page answers on 127.0.0.1 alone.", 400)
        if method in {"GET", "HEAD"}:
            return None
        if headers.get("origin", f"http://{host}").lower() != f"http://{host}":
            return PlainTextResponse("This was sent from another site.", 403)
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return PlainTextResponse("This was sent from another site.", 403)
        if headers.get("content-length", "0").isdecimal() and int(headers.get("content-length", "0")) > MOST_BYTES:
            return PlainTextResponse("This is more than the page takes.", 413)
        return None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending


async def _body(receive: Receive) -> bytes | None:
    """Read the whole body; None if it is too large. Content-Length is not relied on, as it may be missing."""
    body = b""
    while len(body) <= MOST_BYTES:
        message = await receive()
        body += bytes(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return body
    return None


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that returns the body already read, then further messages."""
    parts = [body]

    async def replaying() -> Message:
        return {"type": "http.request", "body": parts.pop()} if parts else await receive()

    return replaying
