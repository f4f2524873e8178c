"""Reads blocks of HTML inside Markdown: headings, folds (`<details>`) and texts."""

from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, PageElement

from bot.knowledge.sources.markdown.block import LINE, Block, bare
from bot.knowledge.sources.markdown.markup import to_markdown

HEADINGS = {f"h{level}": level for level in range(1, 7)}
WRAPPERS = frozenset(["div", "section", "article", "main", "body", "html", "center", "header", "dl"])
"""Elements that only hold others."""
SKIPPED = frozenset(["nav", "script", "style", "head", "footer", "form", "template", "noscript"])
TITLES = {**HEADINGS, "summary": LINE, "dt": LINE}


def read_html(html: str, start: int, end: int) -> Iterator[Block]:
    """The titles and texts of HTML; a fold that it closes, and does not open, ends the answer before it."""
    opened = html.rfind("<!--")
    unended = opened > html.rfind("-->")
    try:
        yield from list(_read(BeautifulSoup(html[:opened] if unended else html, "html.parser"), start, end))
    except RecursionError:
        yield Block(start, end, ends=True, fault="the HTML is nested too deeply to be read")
    if "</details" in html and "<details" not in html:
        yield Block(start, end, ends=True)
    if unended:
        yield Block(start, end, ends=True, fault="a comment begins here and does not end: what follows is not read")


def _read(parent: Tag, start: int, end: int) -> Iterator[Block]:
    texts: list[PageElement] = []
    for node in parent.children:
        name = node.name if isinstance(node, Tag) else ""
        if isinstance(node, Comment) or name in SKIPPED:
            continue
        if isinstance(node, Tag) and (name in TITLES or name in WRAPPERS or name == "details"):
            yield from _text(texts, start, end)
            texts = []
            yield from _element(node, start, end)
        else:
            texts.append(node)
    yield from _text(texts, start, end)


def _element(node: Tag, start: int, end: int) -> Iterator[Block]:
    line = start + (node.sourceline or 1) - 1
    if node.name in TITLES:
        title = bare(node.get_text(" "))
        if title:
            yield Block(line, line + 1, level=TITLES[node.name], title=title.strip("*_"))
        return
    yield from _read(node, start, end)
    if node.name == "details" and len(list(node.children)) > 1 and _has_answer(node):
        yield Block(line, end, ends=True)


def _has_answer(fold: Tag) -> bool:
    """Whether a fold holds more than its summary; otherwise its answer stands in the blocks after it."""
    return any(
        str(child).strip() and not (isinstance(child, Tag) and child.name == "summary") for child in fold.children
    )


def _text(nodes: list[PageElement], start: int, end: int) -> Iterator[Block]:
    html = "".join(str(node) if isinstance(node, Tag) else _escaped(node) for node in nodes)
    text = to_markdown(html) if html.strip() else ""
    anchors = [node for node in nodes if isinstance(node, Tag) and node.name == "a"]
    only = bool(anchors) and all(str(node).strip() == "" or node in anchors for node in nodes)
    if text and not (only and all(str(one.get("href", "#")).startswith("#") for one in anchors)):
        yield Block(start, end, text=text, links=only)


def _escaped(node: PageElement) -> str:
    return node.output_ready() if isinstance(node, NavigableString) else str(node)
