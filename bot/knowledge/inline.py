"""Reads inline Markdown: emphasis, code, links, pictures, and HTML."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bot.ports.reply import Code, Emphasis, Line, Link, Span, Strong
from bot.ports.text import is_web_address

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

LONG = 60
"""The length from which a line is taken as wrapped by an editor, so that its end becomes a space."""
_TAGS = (
    "a|abbr|b|blockquote|br|center|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|ins|"
    "kbd|li|mark|ol|p|pre|q|s|section|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|var|video"
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/li|/tr|/h[1-6]|/summary|/div)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(rf"<(/?)({_TAGS})\b[^>]*>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


@dataclass(slots=True)
class _Reading:
    """The state of reading a line."""

    base: str
    ends: Iterator[str]
    strong: int = 0
    emphasis: int = 0
    links: list[str] = field(default_factory=list)
    parts: list[str | Span] = field(default_factory=list)

    def put(self, text: str) -> None:
        """Add words, as a link or with emphasis if they are inside one; a link goes before emphasis."""
        if not text:
            return
        if self.links:
            self._link(text, self.links[-1])
        elif self.strong:
            self._add(Strong(text))
        elif self.emphasis:
            self._add(Emphasis(text))
        else:
            self._add(text)

    def _link(self, text: str, url: str) -> None:
        """Add a link; for other addresses, add the words, with the mail address or telephone number behind them."""
        target = resolve(url, self.base)
        scheme, _, rest = url.partition(":")
        if target:
            self._add(Link(text, target))
        elif scheme.lower() in {"mailto", "tel"} and rest not in text:
            self._add(f"{text} ({rest})")
        else:
            self._add(text)

    def _add(self, part: str | Span) -> None:
        last = self.parts[-1] if self.parts else None
        if isinstance(part, str) and isinstance(last, str):
            self.parts[-1] = last + part
        elif isinstance(part, Link) and isinstance(last, Link) and part.url == last.url:
            self.parts[-1] = Link(last.text + part.text, part.url)
        else:
            self.parts.append(part)

    def read(self, nodes: "Iterable[SyntaxTreeNode]") -> None:
        """Read the inline nodes of a line."""
        for node in nodes:
            self._read(node)

    def _read(self, node: "SyntaxTreeNode") -> None:
        match node.type:
            case "text" | "text_special":
                self.put(node.content)
            case "softbreak" | "hardbreak":
                self.put(next(self.ends, "\n") if node.type == "softbreak" else _past(self.ends))
            case "code_inline":
                self.put(node.content) if self.links else self._add(Code(node.content))
            case "strong" | "em" | "link":
                self._read_within(node)
            case "image":
                self._read_image(node)
            case "html_inline":
                self._read_tag(node.content)
            case "s":
                # Text that is struck out is no longer true, and not every platform can show it so.
                return
            case _:
                self.read(node.children)

    def _read_within(self, node: "SyntaxTreeNode") -> None:
        strong, emphasis, links = self.strong, self.emphasis, list(self.links)
        self._open(node.type, str(node.attrs.get("href", "")))
        self.read(node.children)
        self.strong, self.emphasis, self.links = strong, emphasis, links

    def _open(self, kind: str, href: str) -> None:
        match kind:
            case "strong" | "b":
                self.strong += 1
            case "em" | "i":
                self.emphasis += 1
            case "link" | "a" if href:
                self.links.append(href)

    def _read_image(self, node: "SyntaxTreeNode") -> None:
        """Add a picture as a link to it, with its alternative text or file name."""
        url = str(node.attrs.get("src", ""))
        words = node.content or (urlsplit(url).path.rsplit("/", 1)[-1] if resolve(url, self.base) else "")
        if self.links:
            self.put(words)
        elif words:
            self._link(words, url)

    def _read_tag(self, tag: str) -> None:
        known = _TAG.fullmatch(tag)
        if tag.startswith("<!--"):
            return
        if known is None:
            # Such as <your name>, which is not HTML.
            self.put(tag)
        elif known[2].lower() == "br":
            self.put("\n")
        elif not known[1]:
            self._open(known[2].lower(), html.unescape(found[1]) if (found := _HREF.search(tag)) else "")
        else:
            self._close(known[2].lower())

    def _close(self, kind: str) -> None:
        match kind:
            case "strong" | "b":
                self.strong = max(0, self.strong - 1)
            case "em" | "i":
                self.emphasis = max(0, self.emphasis - 1)
            case "a" if self.links:
                self.links.pop()


def line_of(node: "SyntaxTreeNode", base: str) -> Line:
    """The words of a paragraph as a line.

    Args:
        base: the address relative links are resolved against; empty for none.
    """
    wrapped = [" " if len(line) >= LONG else "\n" for line in node.content.split("\n")]
    reading = _Reading(base, iter(wrapped))
    reading.read(node.children)
    parts = tuple(reading.parts)
    return "".join(part for part in parts if isinstance(part, str)) if _is_plain(parts) else parts


def resolve(url: str, base: str) -> str:
    """The absolute address of a link; empty when that is no web address."""
    try:
        target = urljoin(base, url) if base else url
    except ValueError:
        return ""
    return target if is_web_address(target) else ""


def plain_html(text: str) -> str:
    """The words of a piece of HTML."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", _COMMENT.sub("", text))))


def strip(text: str) -> str:
    """A text without empty lines, and without spaces around its lines."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _is_plain(parts: tuple[str | Span, ...]) -> bool:
    return all(isinstance(part, str) for part in parts)


def _past(ends: Iterator[str]) -> str:
    """The line feed of a hard break, whose entry in `ends` is skipped."""
    next(ends, "")
    return "\n"
