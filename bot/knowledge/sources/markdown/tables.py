"""Reads tables with a column of questions and one of answers, a row each."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from bot.knowledge.sources.columns import REQUIRED, columns
from bot.knowledge.sources.markdown.block import LINE, Block, bare
from bot.knowledge.sources.markdown.markup import plain

_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


def read_table(node: SyntaxTreeNode) -> list[Block] | None:
    """The questions of a table and their answers; None when its header has no such columns, so that it is a text."""
    head, *bodies = node.children
    named = columns([plain(cell.children[0]).strip() for cell in head.children[0].children])
    if not set(named) >= REQUIRED:
        return None
    rows = [row for body in bodies for row in body.children]
    return [block for row in rows for block in _read(row, named)]


def _read(row: SyntaxTreeNode, named: Sequence[str]) -> Iterator[Block]:
    start, end = row.map or (0, 0)
    cells = {name: cell.children[0] for name, cell in zip(named, row.children, strict=False)}
    title, answer = bare(plain(cells["question"])), _BREAK.sub("\n", cells["answer"].content).strip()
    if title and answer:
        yield Block(start, start + 1, level=LINE, title=title)
        yield Block(start + 1, end, text=answer)
    elif title or answer:
        words = f"“{title}” has no answer beside it" if title else "the question is empty"
        yield Block(start, end, fault=words)
    # Text after the table is not part of its last answer.
    yield Block(end, end, ends=True)
