"""Turns cells that are pieces of a page, as portals write them, into words."""

import html
import re

_BLOCK = "p|div|li|ul|ol|h[1-6]|blockquote|pre|tr|table"
_IS_PAGE = re.compile(rf"</(?:{_BLOCK})>|<br\s*/>", re.IGNORECASE)
"""What words of people do not have: an end of a block, or a break as pages write it."""
_LINE = re.compile(r"<br\s*/?>|</(?:li|tr)>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</(?:p|div|h[1-6]|blockquote|pre|ul|ol|table)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def plain(cell: str) -> str:
    """The words of a cell that is a piece of a page; any other cell as it is."""
    if not _IS_PAGE.search(cell):
        return cell
    broken = _PARAGRAPH.sub("\n\n", _LINE.sub("\n", cell))
    lines = "\n".join(line.strip() for line in html.unescape(_TAG.sub("", broken)).splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
