"""Reads lists whose items are questions with their answers."""

from collections.abc import Iterator, Sequence
from textwrap import dedent

from markdown_it.tree import SyntaxTreeNode

from bot.knowledge.sources.markdown.block import LINE, Block, asks, bare
from bot.knowledge.sources.markdown.lead import answer_of, plain_line


def read_list(node: SyntaxTreeNode, lines: Sequence[str]) -> list[Block] | None:
    """The questions of a list and their answers.

    None when an item does not ask, or one of several has nothing under its question: then it is a text.
    A lone item may have its answer after the list.
    """
    found = [list(_item(item, lines)) for item in node.children]
    alone = len(found) == 1
    if not all(blocks and (alone or len(blocks) > 1) for blocks in found):
        return None
    return [block for blocks in found for block in blocks]


def _item(item: SyntaxTreeNode, lines: Sequence[str]) -> Iterator[Block]:
    start, end = item.map or (0, 0)
    if not item.children or item.children[0].type != "paragraph":
        return
    title = plain_line(item.children[0].children[0])
    if not asks(title):
        return
    yield Block(start, start + 1, level=LINE, title=bare(title))
    rest = answer_of(dedent("\n".join(lines[start + 1 : end])).strip())
    if rest:
        yield Block(start + 1, end, text=rest)
