"""Collects titles and the texts under them into sections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.cells import storable
from bot.knowledge.sources.draft import Problem
from bot.knowledge.sources.markdown.block import LINE, Block, asks


@dataclass(slots=True)
class Section:
    """One or several titles in a row, and the texts under them.

    Attributes:
        line: the number of the first title's line, from 1.
        end: the number of the line after the last title.
        pointing: whether its titles are only links within the page, such as back to its top.
    """

    line: int
    level: int
    end: int
    titles: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    pointing: bool = False

    @property
    def text(self) -> str:
        """Its texts, verbatim; empty for none."""
        return join(self.blocks)

    @property
    def asks(self) -> bool:
        """Whether any of its titles ends in a question mark."""
        return any(asks(title) for title in self.titles)

    @property
    def links(self) -> bool:
        """Whether its texts have only links."""
        return bool(self.blocks) and all(block.links for block in self.blocks)

    def takes(self, title: Block) -> bool:
        """Whether a title is a further phrasing of this section's question, and so begins no new section.

        It is one of the same level that follows directly, or after empty lines when both are questions.
        """
        if self.blocks or title.level != self.level:
            return False
        return (title.start == self.end and self.level < LINE) or (self.asks and title.asks)


def gather(blocks: Iterable[Block]) -> tuple[list[Section], list[Problem]]:
    """The sections, and problems for what cannot be read or looks like a question and is not read as one."""
    found: list[Section] = []
    problems: list[Problem] = []
    current: Section | None = None
    for block in blocks:
        if block.fault:
            problems.append(Problem(f"line {block.start + 1}", block.fault))
        if block.ends:
            current = None
        elif block.is_title:
            if current is None or not current.takes(block):
                current = Section(block.start + 1, block.level, block.end, pointing=block.links)
                found.append(current)
            current.titles.append(block.title)
            current.end, current.pointing = block.end, current.pointing and block.links
        else:
            if current is None or not current.asks:
                problems += [Problem(f"line {at + 1}", _suspect(words)) for at, words in block.suspects]
            if current:
                current.blocks.append(block)
    return found, problems


def _suspect(words: str) -> str:
    return f"“{words}” looks like a question: as a heading (## before it) it is read as one"


def join(blocks: Sequence[Block]) -> str:
    """Texts joined, with an empty line where there was one between them."""
    joined, end = "", 0
    for block in blocks:
        if not block.text:
            continue
        gap = "\n" if block.start == end else "\n\n"
        joined += (gap if joined else "") + block.text
        end = block.end
    return storable(joined).strip()
