"""Reads lists whose items are questions with their answers."""

from collections.abc import Iterator, Sequence
from textwrap import dedent

from markdown_it.tree import SyntaxTreeNode

from bot.knowledge.sources.markdown.block import LINE, Block, asks, bare
from bot.knowledge.sources.markdown.lead import answer_of, begin, plain_line


def read_list(node: SyntaxTreeNode, lines: Sequence[str], *, within: bool) -> list[Block] | None:
    """The questions of a list and their answers; None when it is a text.

    It is a text when an item is not a question, or one of several has no answer. A single item may have its answer
    after the list.

    Args:
        within: whether the answer may follow on the bold question's own line.
    """
    found = [list(_item(item, lines, within)) for item in node.children]
    alone = len(found) == 1
    if not all(blocks and (alone or len(blocks) > 1) for blocks in found):
        return None
    return [block for blocks in found for block in blocks]


def _item(item: SyntaxTreeNode, lines: Sequence[str], within: bool) -> Iterator[Block]:
    start, end = item.map or (0, 0)
    if not item.children or item.children[0].type != "paragraph":
        return
    title, first = plain_line(item.children[0].children[0]), ""
    if not asks(title):
        title, first = (begin(lines[start]) if within else None) or ("", "")
    if not title:
        return
    yield Block(start, start + 1, level=LINE, title=bare(title))
    rest = answer_of("\n".join([first, dedent("\n".join(lines[start + 1 : end]))]).strip())
    if rest:
        yield Block(start + 1, end, text=rest)


def read_definitions(node: SyntaxTreeNode, lines: Sequence[str]) -> list[Block] | None:
    """The terms of a definition list as questions, if any of them is a question; None when it is a text."""
    titles = [plain_line(one.children[0]) for one in node.children if one.type == "dt"]
    if not any(map(asks, titles)):
        return None
    return [block for one in node.children for block in _defined(one, lines)]


def _defined(node: SyntaxTreeNode, lines: Sequence[str]) -> Iterator[Block]:
    start, end = node.map or (0, 0)
    if node.type == "dt":
        yield Block(start, start + 1, level=LINE, title=bare(plain_line(node.children[0])))
        return
    while start < end and not lines[start].lstrip().startswith((":", "~")):
        start += 1
    first, *others = lines[start:end] or [""]
    text = "\n".join([first.lstrip()[1:].strip(), dedent("\n".join(others))]).strip()
    if text:
        yield Block(start, end, text=text)
