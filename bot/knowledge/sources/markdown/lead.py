"""Reads paragraphs that begin with a question: in bold, or after `Q:`."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from bot.knowledge.sources.markdown.block import LINE, Block, asks, bare
from bot.knowledge.sources.markdown.markup import plain

_ASKED = re.compile(r"[*_]{0,2}(?:Q|Question)\s*\d*\s*[:.)]", re.IGNORECASE)
_ANSWERED = re.compile(
    r"[*_]{0,2}(?:A|R|Answer|Réponse|Reponse)\s*\d*\s*(?::[*_]{0,2}|[*_]{1,2}\s*:)\s*", re.IGNORECASE
)
_BEGUN = re.compile(r"(?:\d+[.)]\s*)?(?P<mark>\*\*|__)(?P<title>[^*_]+)(?P=mark)\s*[:–—-]?\s*(?P<rest>\S.*)")
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*[.)]|[-–•])?\s*\Z")


def read_lead(paragraph: SyntaxTreeNode, lines: Sequence[str], *, within: bool) -> list[Block] | None:
    """The question of a paragraph and the rest of it; None when it does not begin with one.

    Args:
        within: whether the answer may follow on the bold question's own line.
    """
    start, end = paragraph.map or (0, 0)
    raw = [line.strip() for line in lines[start:end]]
    inline = paragraph.children[0]
    if _ANSWERED.match(raw[0]):
        return [Block(start, end, text=answer_of("\n".join(raw)))]
    if _ASKED.match(raw[0]):
        return list(_parted(start, end, bare(plain_line(inline)), "\n".join(raw[1:])))
    if asks(_bold(inline)):
        return list(_parted(start, end, bare(_bold(inline)), "\n".join(raw[1:])))
    begun = _BEGUN.match(raw[0]) if within else None
    if begun and asks(begun["title"]):
        return list(_parted(start, end, bare(begun["title"]), "\n".join([begun["rest"], *raw[1:]])))
    return None


def answer_of(text: str) -> str:
    """An answer without `A:` before it."""
    return _ANSWERED.sub("", text, count=1).strip()


def plain_line(inline: SyntaxTreeNode) -> str:
    """The words of an inline node's first line."""
    return "".join(plain(child) for child in first_line(inline)).strip()


def first_line(inline: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """The nodes before the first line break."""
    children = inline.children
    breaks = (at for at, child in enumerate(children) if child.type in ("softbreak", "hardbreak"))
    return children[: next(breaks, len(children))]


def _bold(inline: SyntaxTreeNode) -> str:
    """The words of a first line that is bold from its start to its end, but for a number; empty when it is not."""
    told = [child for child in first_line(inline) if plain(child).strip()]
    strong = [child for child in told if child.type == "strong"]
    others = "".join(plain(child) for child in told if child.type != "strong")
    return " ".join(plain(child).strip() for child in strong) if strong and _NUMBERED.match(others) else ""


def _parted(start: int, end: int, title: str, rest: str) -> Iterator[Block]:
    yield Block(start, start + 1, level=LINE, title=title)
    if answer_of(rest):
        yield Block(start + 1, end, text=answer_of(rest))
