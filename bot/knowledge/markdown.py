"""Parses the team's Markdown into a tree."""

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


class _Parser(MarkdownIt):
    """Takes every link for one: of what is no web address, the words are shown without the markup."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return True


def tree_of(text: str) -> SyntaxTreeNode:
    """The tree of a text; indented code is none: in a chat, spaces before a line are no sign of code."""
    return SyntaxTreeNode(_Parser("commonmark").enable(["table", "strikethrough"]).disable("code").parse(text))
