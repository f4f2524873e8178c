"""Reads knowledge in Markdown: `## question` headings, one or several in a row, and the answer under them.

A heading that only groups questions one level below it is skipped, and those are read as the questions.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.knowledge.sources.draft import Draft, Problem, clean

QUESTION = 2
"""The level of a question's heading."""
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<title>.*?))??(?:[ \t]+#+)?[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(?P<marks>`{3,}|~{3,})")


Numbered = Iterable[tuple[int, str]]


@dataclass(slots=True)
class Section:
    """Headings in a row, and the numbered lines under them.

    Attributes:
        line: the number of the first heading's line.
    """

    line: int
    phrasings: list[str] = field(default_factory=list)
    under: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as one text without empty lines around it; empty when they are headings alone."""
        lines = [line for _, line in self.under]
        if not any(line.strip() and not _level(line) for line in lines):
            return ""
        return clean("\n".join(lines)).strip()

    @property
    def asks(self) -> bool:
        """Whether any of its headings ends in a question mark."""
        return any(_asks(title) for title in self.phrasings)

    @property
    def below(self) -> int:
        """The level of the heading that its text begins with, or 0 when it begins with anything else."""
        return next((_level(line) for _, line in self.under if line.strip()), 0)

    def takes(self, title: str) -> bool:
        """Whether a heading is one more phrasing of this section's question.

        It is when it follows directly, or after empty lines when both are questions; others begin a new section.
        """
        return not self.under or (not any(line.strip() for _, line in self.under) and self.asks and _asks(title))


def recognise(text: str) -> bool:
    """Whether a text has a heading of the questions' level."""
    return any(_level(line) == QUESTION for line in _lines(text))


def parse(text: str) -> Iterator[Draft | Problem]:
    """The answers; text before the first question, such as an introduction, is skipped."""
    return _read(enumerate(_lines(text), 1), QUESTION)


def _read(lines: Numbered, level: int) -> Iterator[Draft | Problem]:
    """The answers under headings of a level, and under those a level below where a heading only groups questions."""
    for section in _sections(lines, level):
        if _gathers(section):
            yield from _read(section.under, section.below)
        else:
            yield _draft(section)


def _gathers(section: Section) -> bool:
    below = section.below
    if not below or section.asks:
        return False
    return any(one.asks or _gathers(one) for one in _sections(section.under, below))


def _draft(section: Section) -> Draft | Problem:
    where = f"line {section.line}"
    phrasings = tuple(clean(title) for title in section.phrasings if title)
    if not phrasings:
        return Problem(where, "the heading is empty")
    if not section.text:
        return Problem(where, f"“{phrasings[0]}” has no answer under it")
    return Draft(where, phrasings, section.text)


def _sections(lines: Numbered, level: int) -> list[Section]:
    """The sections of a level. A higher heading ends one; deeper ones, and # in code blocks, belong to its answer."""
    found: list[Section] = []
    current: Section | None = None
    fence = ""
    for number, line in lines:
        fence = _fence(line, fence)
        here = 0 if fence else _level(line)
        if here == level:
            if current is None or not current.takes(_title(line)):
                current = Section(number)
                found.append(current)
            current.phrasings.append(_title(line))
        elif 0 < here < level:
            current = None
        elif current:
            current.under.append((number, line))
    return found


def _asks(title: str) -> bool:
    return title.endswith(("?", "？"))


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def _level(line: str) -> int:
    heading = _HEADING.match(line)
    return len(heading["marks"]) if heading else 0


def _title(line: str) -> str:
    heading = _HEADING.match(line)
    return (heading["title"] or "").strip() if heading else ""


def _fence(line: str, fence: str) -> str:
    """The marks that close the code block that a line is in, or an empty text outside one.

    Args:
        fence: the marks for the line before.
    """
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found["marks"]
    closes = found["marks"].startswith(fence) and not line.strip().strip(fence[0])
    return "" if closes else fence
