"""Reads Markdown into titles and texts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode

from bot.cells import storable
from bot.knowledge.sources.markdown.block import LINE, Block, asks, bare
from bot.knowledge.sources.markdown.dialects import rewrite
from bot.knowledge.sources.markdown.html import opened, read_html
from bot.knowledge.sources.markdown.lead import read_lead
from bot.knowledge.sources.markdown.lists import read_definitions, read_list
from bot.knowledge.sources.markdown.markup import is_links, is_links_within, is_navigation, parser, plain, source
from bot.knowledge.sources.markdown.tables import read_table
from storage.values import frozen

SKIPPED = frozenset(["hr", "front_matter"])
LISTS = frozenset(["bullet_list", "ordered_list"])


def read(text: str) -> list[Block]:
    """The blocks of a file in order, without comments, rules, front matter, and the text of navigation."""
    lines = rewrite(storable(text).replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    environment: dict[str, object] = {}
    tokens = parser().parse("\n".join(lines), environment)
    root = SyntaxTreeNode(tokens)
    asked = any(node.type == "heading" and asks(plain(node)) for node in root.children)
    return list(Reader(lines, bool(environment.get("references")), asked).read(root))


@frozen
class Reader:
    """Reads the nodes of a file.

    Attributes:
        lines: the file's lines.
        references: whether the file has reference definitions, with the addresses of its links.
        asked: whether its headings are questions: then bold questions at the start of a line are part of an answer.
    """

    lines: Sequence[str]
    references: bool
    asked: bool

    def read(self, root: SyntaxTreeNode) -> Iterator[Block]:
        """The blocks of its nodes."""
        boxes = 0
        for node in root.children:
            if is_navigation(node):
                yield Block(*(node.map or (0, 0)), links=True)
            elif node.type == "html_block" or (boxes > 0 and _is_html(node)):
                boxes += opened(node.content)
                yield from read_html(node.content, *(node.map or (0, 0)))
            elif node.type not in SKIPPED:
                yield from self._read(node)

    def _read(self, node: SyntaxTreeNode) -> Iterator[Block]:
        start, end = node.map or (0, 0)
        if node.type == "heading":
            yield Block(start, end, level=int(node.tag[1]), title=bare(plain(node)), links=is_links_within(node))
        elif self._is_quoted(node):
            yield Block(start, end, level=LINE, title=bare(plain(node)))
        elif node.type == "paragraph" and (lead := read_lead(node, self.lines, within=not self.asked)):
            yield from lead
        elif node.type == "dl" and (defined := read_definitions(node, self.lines)):
            yield from defined
        elif node.type == "table" and (rows := read_table(node)) is not None:
            yield from rows
        elif node.type in LISTS and (items := read_list(node, self.lines, within=not self.asked)):
            yield from items
        else:
            yield from self._text(node)

    def _is_quoted(self, node: SyntaxTreeNode) -> bool:
        """Whether a quotation is a question of one line, in a file without questions as headings."""
        quoted = node.type == "blockquote" and [one.type for one in node.children] == ["paragraph"]
        return quoted and not self.asked and asks(plain(node)) and "\n" not in node.children[0].children[0].content

    def _text(self, node: SyntaxTreeNode) -> Iterator[Block]:
        start, _ = node.map or (0, 0)
        text = source(node, self.lines, self.references)
        block = Block(start, start + text.count("\n") + 1, text=text, links=is_links(node))
        if text:
            yield replace(block, suspects=_suspects(node, start)) if node.type != "fence" else block


def _is_html(node: SyntaxTreeNode) -> bool:
    """Whether an indented block is HTML inside an element that earlier HTML opened, and so is not code."""
    return node.type == "code_block" and node.content.lstrip().startswith("<")


def _suspects(node: SyntaxTreeNode, start: int) -> list[tuple[int, str]]:
    """The lines that look like a question: the first one of a paragraph, or of each item of a list."""
    if node.type == "paragraph":
        first = plain(node).strip() if "\n" not in node.children[0].content else node.children[0].content.split("\n")[0]
        return [(start, bare(first))] if asks(first) else []
    if node.type not in LISTS:
        return []
    return [found for item in node.children for child in item.children[:1] for found in _of_item(child)]


def _of_item(child: SyntaxTreeNode) -> list[tuple[int, str]]:
    return _suspects(child, child.map[0]) if child.type == "paragraph" and child.map else []
