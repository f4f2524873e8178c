"""Turns nodes of a Markdown file into plain words or self-contained Markdown, and recognises navigation."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bs4.exceptions import ParserRejectedMarkup
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markdownify import markdownify
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

_TOC = re.compile(r"\[{1,2}_?toc_?\]{1,2}|\{:toc\}|\$\{toc\}", re.IGNORECASE)
_EMPTY = frozenset(" \t\n|·•-–—↑⬆︎️()[]")
"""Characters between links that carry no meaning."""
_LINK_OR_TAG = re.compile(r"<a\b.*?</a\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
_BADGE = re.compile(r"\b(?:shields\.io|badgen\.net|badges?)\b", re.IGNORECASE)


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough, definitions and front matter."""
    found = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return found.use(front_matter_plugin).use(deflist_plugin)


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
    try:
        found = str(
            markdownify(
                html, heading_style="atx", bullets="-", strip=["script", "style"], escape_misc=False, autolinks=False
            )
        )
    except ParserRejectedMarkup:
        # Such as `<![`, which is not HTML: the words are kept.
        found = _LINK_OR_TAG.sub("", html)
    return re.sub(r"\n{3,}", "\n\n", found).strip()


def source(node: SyntaxTreeNode, lines: Sequence[str], references: bool) -> str:
    """The Markdown of a block, verbatim; converted where it has HTML, or links by reference.

    Args:
        references: whether the file has reference definitions, with the addresses of its links.
    """
    inner = [one.type for one in node.walk()]
    if "html_inline" in inner or "html_block" in inner or (references and {"link", "image"} & set(inner)):
        return to_markdown(parser().renderer.render(node.to_tokens(), parser().options, {}))
    start, end = node.map or (0, 0)
    return "\n".join(lines[start:end]).strip("\n").rstrip()


def is_navigation(node: SyntaxTreeNode) -> bool:
    """Whether a block is navigation: a table of contents, links within the page, or badges."""
    if node.type == "heading":
        return False
    if _is_contents(node) or _is_badges(node):
        return True
    if _TOC.fullmatch(plain(node).strip()):
        return True
    return is_links_within(node)


def _is_contents(node: SyntaxTreeNode) -> bool:
    """Whether a block is a list of several links within the page, with few other words."""
    if node.type not in ("bullet_list", "ordered_list") or len(_links(node)) < 2:
        return False
    beside = sum(map(len, _beside(node)))
    return all(_begins_within(item) for item in node.children) and 3 * beside < len(plain(node))


def _begins_within(node: SyntaxTreeNode) -> bool:
    """Whether the first words of a node are a link within its page."""
    if node.type == "link":
        return str(node.attrs.get("href", "")).startswith("#")
    first = next((child for child in node.children if child.type != "text" or child.content.strip()), None)
    return first is not None and _begins_within(first)


def _is_badges(node: SyntaxTreeNode) -> bool:
    """Whether a paragraph has only the badges of a project."""
    images = [one for one in node.walk() if one.type == "image"]
    told = (one for one in node.walk() if one.type in ("text", "code_inline") and one.content.strip())
    return (
        bool(images)
        and all(_BADGE.search(str(one.attrs.get("src", ""))) for one in images)
        and not any(not one.parent or one.parent.type != "image" for one in told)
    )


def is_links(node: SyntaxTreeNode) -> bool:
    """Whether a block has only links."""
    return bool(_links(node)) and not set("".join(_beside(node))) - _EMPTY


def is_links_within(node: SyntaxTreeNode) -> bool:
    """Whether a block has only links within its page."""
    return is_links(node) and all(link.startswith("#") for link in _links(node))


def _links(node: SyntaxTreeNode) -> list[str]:
    found = [str(one.attrs.get("href", "")) for one in node.walk() if one.type == "link"]
    raw = (one.content for one in node.walk() if one.type in ("html_inline", "html_block"))
    return found + [link for html in raw for link in re.findall(r"<a\b[^>]*?href=[\"']?([^\"'\s>]*)", html)]


def _beside(node: SyntaxTreeNode, *, inside: bool = False) -> Iterator[str]:
    """The words outside of links."""
    if node.type == "html_block":
        yield _LINK_OR_TAG.sub("", node.content)
    for child in node.children:
        if child.type == "html_inline":
            inside = child.content.startswith("<a ") or (inside and not child.content.startswith("</a"))
        elif child.type == "text" and not inside:
            yield child.content
        elif child.type in ("code_inline", "image", "code_block", "fence"):
            yield "x"
        elif child.type != "link":
            yield from _beside(child, inside=inside)
