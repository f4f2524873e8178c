"""Tells by a site's robots.txt whether its pages may be read."""

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from bot.knowledge.sources.encoding import decode
from bot.knowledge.sources.web.fetching import AGENT, Fetcher, Unfetched

LONGEST_DELAY = 10.0
"""The most seconds between two pages, whatever a site asks for."""


class Robots:
    """The robots.txt of each site, read once."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, RobotFileParser] = {}
        self._silent: dict[str, Unfetched] = {}
        """By site, why its robots.txt could not be read."""

    async def allows(self, address: str) -> bool:
        """Whether a page may be read.

        Raises:
            Unfetched: the site's robots.txt cannot be read; then none of its pages may be.
        """
        return (await self._of(address)).can_fetch(AGENT, address)

    async def delay(self, address: str) -> float:
        """The seconds that a site asks for between two pages, at most `LONGEST_DELAY`."""
        wanted = (await self._of(address)).crawl_delay(AGENT)
        return min(float(wanted or 0), LONGEST_DELAY)

    async def _of(self, address: str) -> RobotFileParser:
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        if site in self._silent:
            raise self._silent[site]
        if site not in self._rules:
            self._rules[site] = await self._read(site)
        return self._rules[site]

    async def _read(self, site: str) -> RobotFileParser:
        address = f"{site}/robots.txt"
        rules = RobotFileParser()
        try:
            page = await self._fetcher.fetch(address)
            rules.parse((decode(page.content or b"") or "").splitlines())
        except Unfetched as error:
            if not error.gone:
                self._silent[site] = Unfetched(f"is not read, as {address} {error}")
                raise self._silent[site] from error
            rules.parse(["User-agent: *", "Allow: /"])
        return rules
