"""Turns the team's Markdown into the blocks of a reply, which each platform renders in its own way."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from bot.knowledge.inline import line_of, plain_html, strip
from bot.ports.lines import Part
from bot.ports.reply import Block, Bullets, Line, Listing, Paragraph, Strong, flat

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

DASH = "\n– "
"""Before an entry of a list within a list."""


def formatted(text: str, base: str = "") -> tuple[Block, ...]:
    """The blocks of a text of the team. Never for a member's words, which would become markup.

    Args:
        base: the address the text was read from, against which its relative links are resolved; without one, they
            are words alone.
    """
    # Loaded with the first answer: a bot without knowledge saves its two megabytes.
    from bot.knowledge.markdown import tree_of  # noqa: PLC0415

    found = tuple(_blocks(tree_of(text), base))
    return found or (Paragraph(text),)


def _blocks(node: "SyntaxTreeNode", base: str) -> Iterator[Block]:
    for child in node.children:
        match child.type:
            case "paragraph":
                yield from _paragraph(_line(child, base))
            case "heading":
                yield from _heading(_line(child, base))
            case "bullet_list" | "ordered_list":
                yield from _list(child, base)
            case "fence":
                yield Listing(child.content.rstrip("\n"))
            case "html_block":
                yield from _paragraph(strip(plain_html(child.content)))
            case "table":
                yield from _table(child, base)
            case _:
                yield from _blocks(child, base)


def _paragraph(line: Line) -> Iterator[Block]:
    if flat(line).strip():
        yield Paragraph(line)


def _heading(line: Line) -> Iterator[Block]:
    words = flat(line).strip()
    if words:
        yield Paragraph((Strong(words),))


def _line(node: "SyntaxTreeNode", base: str) -> Line:
    """The words of a paragraph, a heading or a cell."""
    return line_of(node.children[0], base) if node.children else ""


def _list(node: "SyntaxTreeNode", base: str) -> Iterator[Block]:
    items = tuple(item for child in node.children if flat(item := _item(child, base)).strip())
    if not items:
        return
    first = int(node.attrs.get("start", 1))
    if node.type == "ordered_list" and first != 1:
        # `Bullets` counts from 1: a list that starts with another number is made of paragraphs with their numbers.
        yield from (Paragraph(_joined(f"{number}. ", item)) for number, item in enumerate(items, first))
    else:
        yield Bullets(items, numbered=node.type == "ordered_list")


def _item(node: "SyntaxTreeNode", base: str) -> Line:
    """An entry of a list as one line, with those of the lists in it below."""
    line: Line = ""
    for block in _blocks(node, base):
        match block:
            case Paragraph():
                line = _joined(line, "\n" if line else "", block.text)
            case Bullets():
                line = _joined(line, *(part for item in block.items for part in (DASH, item)))
            case Listing():
                line = _joined(line, "\n", block.text)
    return line


def _table(node: "SyntaxTreeNode", base: str) -> Iterator[Block]:
    """A table as lines: the first cell, and the others with the names of their columns."""
    rows = [[_line(cell, base) for cell in row.children] for part in node.children for row in part.children]
    if len(rows) == 1:
        yield from _paragraph(_row([""] * len(rows[0]), rows[0]))
    elif rows:
        yield Bullets(tuple(_row(rows[0], row) for row in rows[1:]))


def _row(names: list[Line], cells: list[Line]) -> Line:
    told = [(name, cell) for name, cell in zip(names[1:], cells[1:], strict=False) if flat(cell)]
    named = len(names) > 2
    parts: list[Line] = [(Strong(flat(cells[0])),)] if flat(cells[0]) else []
    for place, (name, cell) in enumerate(told):
        lead = f"{flat(name)}: " if named and flat(name) else ""
        mark = "" if not parts else ": " if place == 0 and not named else " · "
        parts.append(_joined(mark, lead, cell))
    return _joined(*parts)


def _joined(*lines: Line) -> Line:
    """Lines concatenated to one line."""
    if all(isinstance(line, str) for line in lines):
        return "".join(flat(line) for line in lines)
    parts = (part for line in lines for part in ((line,) if isinstance(line, str) else line))
    made: list[str | Part] = []
    for words, group in groupby(parts, lambda part: isinstance(part, str)):
        some = tuple(group)
        made += ["".join(str(part) for part in some)] if words else some
    return tuple(part for part in made if part)
