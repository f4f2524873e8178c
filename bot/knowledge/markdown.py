"""Parses the team's Markdown into a tree."""

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


class _Parser(MarkdownIt):
    """Accepts links of every scheme; of those that are no web addresses, only the words are shown."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return True


def tree_of(text: str) -> SyntaxTreeNode:
    """The tree of a text. Indented lines are not code, since in a chat people indent text."""
    return SyntaxTreeNode(_Parser("commonmark").enable(["table", "strikethrough"]).disable("code").parse(text))
