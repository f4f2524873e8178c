"""Reads knowledge in Markdown: headings, bold lines, folds and numbered lines that ask, and the answers under them."""

from collections.abc import Iterator

from bot.knowledge.sources.draft import Draft, Problem

__all__ = ["parse", "recognise"]


def recognise(text: str) -> bool:
    """Whether a text has anything that an answer may stand under."""
    from bot.knowledge.sources.markdown.blocks import read  # noqa: PLC0415 - as below

    return any(block.is_title for block in read(text))


def parse(text: str) -> Iterator[Draft | Problem]:
    """The answers, and what looked like a question and is not taken."""
    # Imported here: the parser takes 3 MiB, which only commands that read a file should need.
    from bot.knowledge.sources.markdown.blocks import read  # noqa: PLC0415
    from bot.knowledge.sources.markdown.drafts import draft  # noqa: PLC0415
    from bot.knowledge.sources.markdown.sections import gather  # noqa: PLC0415

    return draft(*gather(read(text)))
