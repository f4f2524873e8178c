"""Turns parts of a Markdown file into plain words, and those with HTML or references into Markdown of their own."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markdownify import markdownify
from mdit_py_plugins.front_matter import front_matter_plugin

_TOC = re.compile(r"\[{1,2}_?toc_?\]{1,2}|\{:toc\}|\$\{toc\}", re.IGNORECASE)
_EMPTY = frozenset(" \t\n|·•-–—↑⬆︎️()[]")
"""Signs that stand beside links without saying anything."""


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough and front matter."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(front_matter_plugin)


def plain(node: SyntaxTreeNode) -> str:
    """The words of a node, without marks, HTML and addresses."""
    if node.type in ("html_inline", "html_block"):
        return ""
    if node.type in ("softbreak", "hardbreak"):
        return " "
    if not node.children:
        return node.content
    return "".join(plain(child) for child in node.children)


def to_markdown(html: str) -> str:
    """HTML as Markdown, without comments, scripts and anchors."""
    found = markdownify(html, heading_style="atx", bullets="-", strip=["script", "style"], escape_misc=False)
    return re.sub(r"\n{3,}", "\n\n", str(found)).strip()


def source(node: SyntaxTreeNode, lines: Sequence[str], references: bool) -> str:
    """The Markdown of a block as it stands; anew where it holds HTML, or a link whose address stands elsewhere.

    Args:
        references: whether the file has addresses that stand apart from their links.
    """
    inner = [one.type for one in node.walk()]
    if "html_inline" in inner or "html_block" in inner or (references and {"link", "image"} & set(inner)):
        return to_markdown(parser().renderer.render(node.to_tokens(), parser().options, {}))
    start, end = node.map or (0, 0)
    return "\n".join(lines[start:end]).strip("\n").rstrip()


def is_navigation(node: SyntaxTreeNode) -> bool:
    """Whether a block is a table of contents, or a link back to the top: links within the page alone."""
    if node.type == "heading":
        return False
    if _TOC.fullmatch(plain(node).strip()):
        return True
    links = _links(node)
    return bool(links) and all(link.startswith("#") for link in links) and is_links(node)


def is_links(node: SyntaxTreeNode) -> bool:
    """Whether a block is nothing but links."""
    return bool(_links(node)) and not set("".join(_beside(node))) - _EMPTY


def _links(node: SyntaxTreeNode) -> list[str]:
    found = [str(one.attrs.get("href", "")) for one in node.walk() if one.type == "link"]
    raw = (one.content for one in node.walk() if one.type in ("html_inline", "html_block"))
    return found + [link for html in raw for link in re.findall(r"<a\b[^>]*?href=[\"']?([^\"'\s>]*)", html)]


def _beside(node: SyntaxTreeNode, *, inside: bool = False) -> Iterator[str]:
    """The words that no link holds."""
    for child in node.children:
        if child.type == "html_inline":
            inside = child.content.startswith("<a ") or (inside and not child.content.startswith("</a"))
        elif child.type == "text" and not inside:
            yield child.content
        elif child.type in ("code_inline", "image", "code_block", "fence"):
            yield "x"
        elif child.type != "link":
            yield from _beside(child, inside=inside)
