"""Reads web pages by their addresses and by lists of addresses, each page once."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urldefrag, urlsplit

from bot.errors import OperatorError
from bot.knowledge.sources.draft import Draft, Problem
from bot.knowledge.sources.encoding import decode
from bot.knowledge.sources.places import Reading
from bot.knowledge.sources.recognition import read_text
from bot.knowledge.sources.web.fetching import Admits, Fetcher, Page, Unfetched, is_public
from bot.knowledge.sources.web.listing import read_listing
from bot.knowledge.sources.web.page import is_page, read_page
from bot.knowledge.sources.web.robots import Robots

MOST_PAGES = 2_000
DEEPEST = 3
"""The most lists in a row, each named in the one before."""


async def read_pages(
    addresses: Sequence[str], versions: Mapping[str, str], admits: Admits = is_public
) -> list[Reading]:
    """Read pages, and the pages that lists name.

    Args:
        versions: by address, the version of a page that was read before; an unchanged page is not read again.
        admits: which IP addresses may be connected to.

    Raises:
        OperatorError: an address that was named cannot be read, or there are too many pages.
    """
    async with Fetcher(admits) as fetcher:
        crawl = Crawl(fetcher, Robots(fetcher), versions)
        for address in addresses:
            await crawl.visit(urldefrag(address).url, 0, urlsplit(address).netloc)
        return crawl.readings


@dataclass(slots=True)
class Crawl:
    """A walk through pages.

    Attributes:
        seen: the addresses that were visited, since lists may name each other.
    """

    fetcher: Fetcher
    robots: Robots
    versions: Mapping[str, str]
    readings: list[Reading] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    async def visit(self, address: str, depth: int, site: str) -> None:
        """Read a page, or the pages of a list.

        Args:
            depth: the number of lists that led here.
            site: the host whose pages are read; pages of other hosts in a list are not.
        """
        if address in self.seen:
            return
        self.seen.add(address)
        if len(self.seen) > MOST_PAGES:
            raise OperatorError(f"There are more than {MOST_PAGES:,} pages: name fewer.")
        if depth and urlsplit(address).netloc != site:
            self._note(address, "is on another site", unchanged=False)
            return
        try:
            page = await self._fetch(address)
        except Unfetched as error:
            if not depth:
                raise OperatorError(f"{address} {error}.") from None
            # A page that cannot be reached now keeps its answers; one that is gone does not.
            self._note(address, str(error), unchanged=not error.gone)
            return
        await self._read(address, page, depth, site)

    async def _fetch(self, address: str) -> Page:
        await asyncio.sleep(await self.robots.delay(address))
        return await self.fetcher.fetch(address, self.versions.get(address, ""), self.robots.allows)

    async def _read(self, address: str, page: Page, depth: int, site: str) -> None:
        if page.address != address and page.address in self.seen:
            self._note(address, f"leads to {page.address}, which was read already", unchanged=False)
            return
        self.seen.add(page.address)
        if page.content is None:
            self.readings.append(Reading(address, page.version, (), unchanged=True))
            return
        text = decode(page.content) or ""
        listing = read_listing(page.content, text)
        if listing is None:
            self.readings.append(Reading(address, page.version or _digest(page.content), _drafts(text, page, address)))
            return
        # A list is always read again, since its version does not tell whether its pages changed.
        self.readings.append(Reading(address, "", ()))
        if depth >= DEEPEST:
            self._note(address, "is a list in lists, too deep", unchanged=False)
            return
        for one in (*listing.pages, *listing.further):
            await self.visit(urldefrag(one).url, depth + 1, site)

    def _note(self, address: str, reason: str, *, unchanged: bool) -> None:
        problem = Problem(address, reason)
        self.readings.append(Reading(address, self.versions.get(address, ""), (problem,), unchanged=unchanged))


def _drafts(text: str, page: Page, address: str) -> list[Draft | Problem]:
    found = read_page(text, page.address) if is_page(text) or page.kind == "text/html" else list(read_text(text) or ())
    if not any(isinstance(one, Draft) for one in found):
        return [Problem(address, "has no text that can be read"), *found]
    sourced = [replace(one, where=f"{address}, {one.where}") for one in found]
    return [
        replace(one, source=address, address=one.address or address) if isinstance(one, Draft) else one
        for one in sourced
    ]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
