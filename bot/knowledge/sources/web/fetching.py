"""Fetches pages, only from public IP addresses, with limits of size and time."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from storage.values import frozen

AGENT = "Portevoix"
MOST_BYTES = 4_000_000
"""The most bytes of a page, uncompressed."""
MOST_REDIRECTS = 5
SECONDS = 20.0
"""The most seconds for one page."""
REDIRECTS = frozenset([301, 302, 303, 307, 308])
GONE = frozenset([404, 410])

Admits = Callable[[str], bool]
"""Whether an IP address may be connected to."""
Permits = Callable[[str], Awaitable[bool]]


class Unfetched(Exception):
    """A page could not be fetched.

    Attributes:
        gone: whether it does not exist, or may not be read.
    """

    def __init__(self, reason: str, *, gone: bool = False) -> None:
        super().__init__(reason)
        self.gone = gone


@frozen
class Page:
    """A page as it was fetched.

    Attributes:
        address: its address after redirects.
        version: the server's entity tag or date of change; empty if it gives none.
        content: its bytes; None when it has not changed.
    """

    address: str
    version: str
    kind: str
    content: bytes | None


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (mapped is None or mapped.is_global)


class Fetcher:
    """Fetches pages; use as a context.

    Args:
        admits: which IP addresses may be connected to.
    """

    def __init__(self, admits: Admits = is_public) -> None:
        self._admits = admits

    async def __aenter__(self) -> "Fetcher":
        connector = aiohttp.TCPConnector(resolver=_Resolver(self._admits), limit=4)
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        self._session = aiohttp.ClientSession(connector=connector, timeout=timeout, headers={"User-Agent": AGENT})
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def fetch(self, address: str, version: str = "", permits: Permits | None = None) -> Page:
        """Fetch a page, following redirects.

        Args:
            version: the known version; if the page still has it, its content is None.
            permits: asked before each request whether the page may be read; None to read all.

        Raises:
            Unfetched: it cannot be fetched, is too large, may not be read, or is not on a public address.
        """
        for _ in range(MOST_REDIRECTS + 1):
            self._require_public(address)
            if permits and not await permits(address):
                raise Unfetched("may not be read, as the site's robots.txt says", gone=True)
            try:
                found = await self._get(address, version)
            except (aiohttp.ClientError, TimeoutError, ValueError, UnicodeError, OSError) as error:
                raise _refusal(error) or Unfetched(f"cannot be reached ({type(error).__name__})") from error
            if isinstance(found, Page):
                return found
            address = urljoin(address, found)
        raise Unfetched(f"redirects more than {MOST_REDIRECTS} times")

    async def _get(self, address: str, version: str) -> Page | str:
        """The page, or where it redirects to."""
        async with self._session.get(address, allow_redirects=False, headers=_conditions(version)) as answer:
            if answer.status in REDIRECTS and answer.headers.get("Location"):
                return answer.headers["Location"]
            if answer.status == 304 and version:
                return Page(address, version, "", None)
            if answer.status != 200:
                raise Unfetched(f"answers with status {answer.status}", gone=answer.status in GONE)
            return Page(address, _version(answer.headers), answer.content_type, await _content(answer))

    def _require_public(self, address: str) -> None:
        """Raise `Unfetched` unless the address is one of the web, and a numeric host in it may be connected to."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            raise Unfetched("is no address of a page (http or https)")
        try:
            number = str(ipaddress.ip_address(parts.hostname))
        except ValueError:
            return
        if not self._admits(number):
            raise Unfetched("lies on a private or local address")


class _Resolver(AbstractResolver):
    """Resolves host names, and refuses those with an IP address that may not be connected to."""

    def __init__(self, admits: Admits) -> None:
        self._admits, self._system = admits, ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._system.resolve(host, port, family)
        if not all(self._admits(one["host"]) for one in found):
            raise OSError("refused") from Unfetched("lies on a private or local address")
        return found

    async def close(self) -> None:
        await self._system.close()


def _refusal(error: BaseException | None) -> Unfetched | None:
    """The `Unfetched` that caused an error of the library; None when another error did."""
    while error is not None and not isinstance(error, Unfetched):
        error = error.__cause__
    return error


async def _content(answer: aiohttp.ClientResponse) -> bytes:
    found = bytearray()
    async for chunk in answer.content.iter_chunked(1 << 16):
        found += chunk
        if len(found) > MOST_BYTES:
            raise Unfetched(f"is larger than {MOST_BYTES // 1_000_000} MB")
        await asyncio.sleep(0)
    return bytes(found)


def _version(headers: Mapping[str, str]) -> str:
    if tag := headers.get("ETag"):
        return f"tag {tag}"
    changed = headers.get("Last-Modified")
    return f"of {changed}" if changed else ""


def _conditions(version: str) -> dict[str, str]:
    kind, _, value = version.partition(" ")
    names = {"tag": "If-None-Match", "of": "If-Modified-Since"}
    return {names[kind]: value} if kind in names else {}
