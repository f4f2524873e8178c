"""Reads paragraphs that begin with a question: in bold, or after `Q:`."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from bot.knowledge.sources.markdown.block import LINE, Block, asks, bare
from bot.knowledge.sources.markdown.markup import plain

_ASKED = re.compile(r"[*_]{0,2}(?:Q|Question)\s*\d*\s*[:.)]", re.IGNORECASE)
_WORD = r"(?:A|R|Answer|Réponse|Reponse)\s*\d*\s*"
_ANSWERED = re.compile(
    rf"(?:[*_]{{0,2}}{_WORD}(?::[*_]{{0,2}}|[*_]{{1,2}}\s*:)|[*_]{{1,2}}{_WORD}[.)]\s*[*_]{{1,2}})\s*", re.IGNORECASE
)
_DOTTED = re.compile(r"[AR]\d*[.)]\s+")
"""The letter before an answer on the line below `Q. …`."""
_BEGUN = re.compile(r"(?:(?:\d+[.)]|[-*+])\s+)?(?P<mark>\*\*|__)(?P<title>[^*_]+)(?P=mark)\s*[:–—-]?\s*(?P<rest>\S.*)")
_TAGGED = re.compile(r"<(?P<tag>b|strong)>(?P<title>[^<]*)</(?P=tag)>\s*(?:<br\s*/?>)?", re.IGNORECASE)
_BARE = re.compile(r"[\W_]*(?:\d+(?:\.\d+)*[.)])?[\W_]*\Z")
"""What may be beside a question in bold on its line: a number and punctuation."""


def read_lead(paragraph: SyntaxTreeNode, lines: Sequence[str], *, within: bool) -> list[Block] | None:
    """The question at the beginning of a paragraph, and its rest; None when it does not begin with a question.

    Args:
        within: whether the answer may follow on the bold question's own line.
    """
    start, end = paragraph.map or (0, 0)
    raw = [line.strip() for line in lines[start:end]]
    inline = paragraph.children[0]
    if _ANSWERED.match(raw[0]):
        return [Block(start, end, text=answer_of("\n".join(raw)))]
    if _ASKED.match(raw[0]):
        return list(_parted(start, end, bare(plain_line(inline)), _DOTTED.sub("", "\n".join(raw[1:]), count=1)))
    tagged = _TAGGED.fullmatch(raw[0])
    title = tagged["title"] if tagged else _set_off(inline, slanted=within)
    if asks(title):
        return list(_parted(start, end, bare(title), "\n".join(raw[1:])))
    if within and (begun := begin(raw[0])):
        title, rest = begun
        return list(_parted(start, end, title, "\n".join([rest, *raw[1:]])))
    return None


def begin(line: str) -> tuple[str, str] | None:
    """The question in bold that a line begins with, and the rest of the line; None when it does not."""
    begun = _BEGUN.match(line.strip())
    return (bare(begun["title"]), begun["rest"]) if begun and asks(begun["title"]) else None


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


def _set_off(inline: SyntaxTreeNode, *, slanted: bool) -> str:
    """The words of a first line that is entirely bold, apart from a number and punctuation; else empty.

    Args:
        slanted: whether a line in italics counts, too.
    """
    told = [child for child in first_line(inline) if plain(child).strip()]
    marked = [child for child in told if _is_strong(child) or (slanted and child.type == "em")]
    others = "".join(plain(child) for child in told if child not in marked)
    return " ".join(plain(child).strip() for child in marked) if marked and _BARE.match(others) else ""


def _is_strong(node: SyntaxTreeNode) -> bool:
    return node.type == "strong" or (node.type == "em" and [one.type for one in node.children] == ["strong"])


def _parted(start: int, end: int, title: str, rest: str) -> Iterator[Block]:
    yield Block(start, start + 1, level=LINE, title=title)
    if answer_of(rest):
        yield Block(start + 1, end, text=answer_of(rest))
