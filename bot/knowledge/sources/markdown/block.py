"""A block of a Markdown file: a title, which may be a question, or a text."""

import re
from collections.abc import Sequence

from bot.cells import storable
from storage.values import frozen

LINE = 7
"""The level of a question that is not a heading: deeper than all headings."""
_NUMBER = re.compile(r"(?:(?:\d+[.)]|\d+(?:\.\d+)+[.)]?)\s+|(?:Q|Question)\s*\d*\s*[:.)]\s*)+", re.IGNORECASE)
_MARK = re.compile(r"\s*(?:\{[#.:][^{}]*\}|¶|#+)\s*\Z")
_QUESTION_MARKS = ("?", "？")


@frozen
class Block:
    """A title, or a text.

    Attributes:
        start: the number of its first line, from 0.
        end: the number of the line after its last.
        text: its Markdown, when it is a text.
        level: from 1 for the highest heading to `LINE`; 0 for a text.
        title: the plain words of a title.
        links: whether it has only links; for a title, only links within the page.
        ends: whether it ends the answer before it.
        suspects: the line numbers and words of lines in a text that look like questions.
        fault: why the block cannot be read; empty if it can.
    """

    start: int
    end: int
    text: str = ""
    level: int = 0
    title: str = ""
    links: bool = False
    ends: bool = False
    suspects: Sequence[tuple[int, str]] = ()
    fault: str = ""

    @property
    def is_title(self) -> bool:
        """Whether an answer may stand under it."""
        return self.level > 0

    @property
    def asks(self) -> bool:
        """Whether it is a title that ends in a question mark."""
        return asks(self.title)


def asks(title: str) -> bool:
    """Whether a title ends in a question mark."""
    return title.rstrip(" *_\"'»”").endswith(_QUESTION_MARKS)


def bare(words: str) -> str:
    """A title's words without its number, a closing `#` and the anchor of a generated page."""
    words = storable(" ".join(words.split()))
    while (shorter := _MARK.sub("", words)) != words and not words.endswith(("C#", "F#")):
        words = shorter
    return (_NUMBER.sub("", words, count=1) if _NUMBER.match(words) else words).strip()
