"""Reads blocks of HTML inside Markdown: headings, folds (`<details>`) and texts."""

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString, PageElement
from bs4.exceptions import ParserRejectedMarkup

from bot.knowledge.sources.markdown.block import LINE, Block, asks, bare
from bot.knowledge.sources.markdown.markup import to_markdown

HEADINGS = {f"h{level}": level for level in range(1, 7)}
WRAPPERS = frozenset(["div", "section", "article", "main", "body", "html", "center", "header", "dl", "dd"])
"""Elements that only contain others."""
SKIPPED = frozenset(["nav", "script", "style", "head", "footer", "form", "template", "noscript", "hr"])
UNFOLDING = "[data-toggle=collapse], [data-bs-toggle=collapse], [aria-expanded], [class*=question]"
"""Selector of elements that are pressed to unfold an answer."""
_OPENED = re.compile(r"<(/?)(?:div|section|article)\b", re.IGNORECASE)
TITLES = {**HEADINGS, "summary": LINE, "dt": LINE}


def read_html(html: str, start: int, end: int) -> Iterator[Block]:
    """The titles and texts of a piece of HTML; if it closes a fold that it does not open, the answer before it ends."""
    opened = html.rfind("<!--")
    unended = opened > html.rfind("-->")
    try:
        yield from list(_read(BeautifulSoup(html[:opened] if unended else html, "html.parser"), start, end))
    except ParserRejectedMarkup:
        yield Block(start, end, ends=False, fault="the HTML cannot be read")
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
        if isinstance(node, Comment) or name in SKIPPED or (name == "button" and not asks(_words(node))):
            continue
        if isinstance(node, Tag) and (_holds_titles(node) or _is_question(node, texts)):
            yield from _text(texts, start, end)
            texts = []
            yield from _element(node, start, end)
        else:
            texts.append(node)
    yield from _text(texts, start, end)


def _element(node: Tag, start: int, end: int) -> Iterator[Block]:
    line = start + (node.sourceline or 1) - 1
    if node.name in TITLES or _is_question(node, ()):
        title = bare(_words(node))
        if title:
            yield Block(line, line + 1, level=TITLES.get(node.name, LINE), title=title.strip("*_"))
        return
    yield from _read(node, start, end)
    if node.name == "details" and len(list(node.children)) > 1 and _has_answer(node):
        yield Block(line, end, ends=True)


def _holds_titles(node: Tag) -> bool:
    """Whether an element is a title or may contain titles."""
    if node.name in TITLES or node.name in WRAPPERS or node.name == "details" or node.find(list(TITLES)):
        return True
    first = next((one for one in node.children if str(one).strip()), None) if node.name == "p" else None
    return isinstance(first, Tag) and first.name in ("b", "strong") and _is_question(first, ())


def _is_question(node: Tag, before: Iterable[PageElement]) -> bool:
    """Whether an element that is not a heading is a question: it unfolds the answer, or is bold.

    Args:
        before: the nodes before it in its paragraph.
    """
    if node.name in ("b", "strong"):
        after = next((one for one in node.next_siblings if str(one).strip()), None)
        ended = isinstance(after, Tag) and after.name == "br"
        return ended and asks(_words(node)) and not any(map(_words, before))
    held = [one for one in node.children if str(one).strip()] if node.name == "p" else []
    bold = len(held) == 1 and isinstance(held[0], Tag) and held[0].name in ("b", "strong")
    return (bold or node.css.match(UNFOLDING)) and asks(_words(node)) and not node.find(list(TITLES))


def _words(node: PageElement) -> str:
    """The words of a node, without those hidden from screen readers."""
    if not isinstance(node, Tag):
        return str(node).strip()
    for hidden in node.select("[aria-hidden=true]"):
        hidden.extract()
    return node.get_text(" ").strip()


def _has_answer(fold: Tag) -> bool:
    """Whether a fold has more than its summary; otherwise its answer is in the blocks after it."""
    held = (one for one in fold.children if not (isinstance(one, Tag) and one.name == "summary"))
    return any(_words(one) or (isinstance(one, Tag) and one.find("img")) for one in held)


def opened(html: str) -> int:
    """How many more elements for layout a piece of HTML opens than it closes."""
    return sum(-1 if closing else 1 for closing in _OPENED.findall(html))


def _text(nodes: list[PageElement], start: int, end: int) -> Iterator[Block]:
    html = "".join(str(node) if isinstance(node, Tag) else _escaped(node) for node in nodes)
    text = to_markdown(html) if html.strip() else ""
    anchors = [node for node in nodes if isinstance(node, Tag) and node.name == "a"]
    only = bool(anchors) and all(str(node).strip() == "" or node in anchors for node in nodes)
    if text and not (only and all(str(one.get("href", "#")).startswith("#") for one in anchors)):
        yield Block(start, end, text=text, links=only)


def _escaped(node: PageElement) -> str:
    return node.output_ready() if isinstance(node, NavigableString) else str(node)
