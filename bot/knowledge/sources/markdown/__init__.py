"""Reads knowledge in Markdown: headings, bold lines, folds and list items with questions, and their answers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.knowledge.sources.draft import Draft, Problem

if TYPE_CHECKING:
    from bot.knowledge.sources.markdown.block import Block

__all__ = ["parse", "recognise"]


def recognise(text: str) -> "list[Block] | None":
    """The blocks of a text; None when it has no title, under which an answer may stand."""
    from bot.knowledge.sources.markdown.blocks import read  # noqa: PLC0415 - as below

    blocks = read(text)
    return blocks if any(block.is_title for block in blocks) else None


def parse(text: "str | list[Block]") -> Iterator[Draft | Problem]:
    """The answers of a text or its blocks, and problems for what looks like a question and is not read as one."""
    # Imported here: the parser takes 3 MiB, which only commands that read a file should need.
    from bot.knowledge.sources.markdown.blocks import read  # noqa: PLC0415
    from bot.knowledge.sources.markdown.drafts import draft  # noqa: PLC0415
    from bot.knowledge.sources.markdown.sections import gather  # noqa: PLC0415

    return draft(*gather(read(text) if isinstance(text, str) else text))
