"""Knowledge in Markdown: `## question` headings, one or several in a row, and the text under them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sources.draft import Draft, Problem, clean

QUESTION = 2
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<title>.*?))??(?:[ \t]+#+)?[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(?P<marks>`{3,}|~{3,})")


@dataclass(slots=True)
class Section:
    """Headings that follow one another, and the lines under them."""

    line: int
    phrasings: list[str] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The answer without the empty lines around it."""
        return clean("\n".join(self.answer)).strip()


def recognise(text: str) -> bool:
    """Whether a text has a question heading."""
    return any(_level(line) == QUESTION for line in _lines(text))


def parse(text: str) -> Iterator[Draft | Problem]:
    """The answers; text outside them, such as an introduction, is passed over."""
    for section in _sections(text):
        where = f"line {section.line}"
        phrasings = tuple(clean(title) for title in section.phrasings if title)
        if not phrasings:
            yield Problem(where, "the heading is empty")
        elif not section.text:
            yield Problem(where, f"“{phrasings[0]}” has no answer under it")
        else:
            yield Draft(where, phrasings, section.text)


def _sections(text: str) -> list[Section]:
    """A heading of the first level ends an answer; deeper ones are part of it, and so is code with a # in it."""
    found: list[Section] = []
    current: Section | None = None
    fence = ""
    for number, line in enumerate(_lines(text), 1):
        fence = _fence(line, fence)
        level = 0 if fence else _level(line)
        if level == QUESTION:
            if current is None or current.text:
                current = Section(number)
                found.append(current)
            current.phrasings.append(_title(line))
        elif level == 1:
            current = None
        elif current:
            current.answer.append(line)
    return found


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def _level(line: str) -> int:
    heading = _HEADING.match(line)
    return len(heading["marks"]) if heading else 0


def _title(line: str) -> str:
    heading = _HEADING.match(line)
    return (heading["title"] or "").strip() if heading else ""


def _fence(line: str, fence: str) -> str:
    """The marks that close the code block this line is in, or nothing outside one."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found["marks"]
    closes = found["marks"].startswith(fence) and not line.strip().strip(fence[0])
    return "" if closes else fence
