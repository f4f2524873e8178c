"""Reads lists of pages: sitemaps, sitemap indexes, and texts with one address a line."""

from collections.abc import Sequence
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from storage.values import frozen


@frozen
class Listing:
    """The addresses in a list.

    Attributes:
        further: the addresses of other lists.
    """

    pages: Sequence[str]
    further: Sequence[str] = ()


def read_listing(content: bytes, text: str) -> Listing | None:
    """The addresses in a list; None when it is not a list."""
    lines = [line.strip() for line in text.split("\n") if line.strip() and not line.startswith("#")]
    if lines and all(line.startswith(("http://", "https://")) and " " not in line for line in lines):
        return Listing(lines)
    if b"<urlset" not in content and b"<sitemapindex" not in content:
        return None
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    found = [(one.text or "").strip() for one in root.iter() if one.tag.rpartition("}")[2] == "loc"]
    found = [address for address in dict.fromkeys(found) if address]
    return Listing((), found) if root.tag.endswith("sitemapindex") else Listing(found)
