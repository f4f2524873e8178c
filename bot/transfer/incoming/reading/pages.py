"""Turns cells with HTML, as portals write them, into plain text."""

import html
import re

_BLOCK = "p|div|li|ul|ol|h[1-6]|blockquote|pre|tr|table"
_IS_PAGE = re.compile(rf"</(?:{_BLOCK})>|<br\s*/>", re.IGNORECASE)
"""Markup that people do not type: the end of a block element, or a self-closing line break."""
_LINE = re.compile(r"<br\s*/?>|</(?:li|tr)>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</(?:p|div|h[1-6]|blockquote|pre|ul|ol|table)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def plain(cell: str) -> str:
    """The plain text of a cell with HTML; any other cell unchanged."""
    if not _IS_PAGE.search(cell):
        return cell
    broken = _PARAGRAPH.sub("\n\n", _LINE.sub("\n", cell))
    lines = "\n".join(line.strip() for line in html.unescape(_TAG.sub("", broken)).splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
