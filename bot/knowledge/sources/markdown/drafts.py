"""Decides which sections are answers, and reports those that look like questions and are not read as such."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.knowledge.sources.draft import Draft, Problem
from bot.knowledge.sources.markdown.block import LINE, Block
from bot.knowledge.sources.markdown.sections import Section, join
from bot.language.text.normalise import fold

CONTENTS = frozenset(
    ["contents", "table of contents", "toc", "on this page", "sommaire", "table des matieres", "sur cette page"]
)
"""Titles of tables of contents, folded."""
GATHERING = frozenset(
    ["faq", "faqs", "q&a", "frequently asked questions", "questions and answers", "foire aux questions",
     "questions frequentes", "questions frequemment posees", "questions et reponses"]
)  # fmt: skip
"""Titles of sections that contain the questions of a page, folded."""
BESIDE = frozenset(
    ["changelog", "change log", "release notes", "see also", "further reading", "translations", "sources",
     "references", "introduction", "table of figures",
     "journal des modifications", "notes de version", "historique des versions", "voir aussi", "traductions"]
)  # fmt: skip
"""Titles of sections that are no answers, folded."""


def draft(sections: Sequence[Section], problems: Iterable[Problem]) -> Iterator[Draft | Problem]:
    """The answers of sections, and problems for what looks like a question and is not read as one."""
    page = Page(sections)
    yield from problems
    skipped = 0
    for number in range(len(sections)):
        if skipped:
            skipped -= 1
            continue
        parts = page.parts(number)
        skipped = len(parts)
        found = page.read(number, parts)
        if found:
            yield found


_PART = "is taken for a part of the page and no question: with a question mark it is one"


class Page:
    """The sections of a file."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.sections = sections
        self._times = Counter(fold(title) for section in sections for title in section.titles)
        self._deeper = sum(bool(one.text) for one in sections if one.level > 1)
        self._highest = sum(bool(one.text) for one in sections[1:] if one.level == 1)
        self._asking = sum(one.asks for one in sections)

    def read(self, number: int, parts: Sequence[Section]) -> Draft | Problem | None:
        """A section as an answer, or the problem with it; None for titles and topics.

        Args:
            number: the index of the section.
            parts: the deeper sections that make up its answer.
        """
        section = self.sections[number]
        where = f"line {section.line}"
        titles = [title for title in section.titles if title]
        text = _whole(parts) if parts else section.text
        if not section.asks and (self._is_gathering(number) or (section.pointing and not text)):
            return None
        if self._is_title(number):
            later = number and text and not section.links
            return (
                Problem(where, f"“{titles[0]}” was read as a title: as ## it is read as a question") if later else None
            )
        if not titles:
            return Problem(where, "the heading is empty")
        if not text:
            return (
                None
                if self._is_topic(number) or (section.links and not section.asks)
                else Problem(where, f"“{titles[0]}” has no answer under it")
            )
        if section.links and not section.asks:
            return Problem(where, f"“{titles[0]}” has links alone under it")
        if self._asking and not section.asks and {fold(title) for title in titles} <= BESIDE:
            return Problem(where, f"“{titles[0]}” {_PART}")
        return Draft(where, tuple(dict.fromkeys(self._named(number, titles))), text)

    def parts(self, number: int) -> Sequence[Section]:
        """The deeper sections that make up the answer to a question without a text; none if any of them asks."""
        section = self.sections[number]
        below = self._below(number) if section.asks and not section.text else ()
        return () if any(one.asks or one.level == LINE for one in below) else below

    def _below(self, number: int) -> Sequence[Section]:
        level = self.sections[number].level
        start = number + 1
        end = next((at for at in range(start, len(self.sections)) if self.sections[at].level <= level), None)
        return self.sections[start:end]

    def _is_gathering(self, number: int) -> bool:
        """Whether a heading introduces a table of contents or the questions of a page."""
        names = {fold(title).strip(" :.") for title in self.sections[number].titles}
        return bool(names) and (names <= CONTENTS or (names <= GATHERING and bool(self._below(number))))

    def _is_topic(self, number: int) -> bool:
        """Whether a heading has deeper sections and is not a question."""
        return bool(self._below(number)) and not self.sections[number].asks

    def _is_title(self, number: int) -> bool:
        """Whether a heading is the title of the file, or of a part of it, and not a question."""
        section = self.sections[number]
        if section.level > 1 or section.asks:
            return False
        if number == 0:
            return bool(self._deeper or self._asking)
        return self._deeper >= self._highest

    def _above(self, number: int) -> Section | None:
        level = self.sections[number].level
        return next((one for one in reversed(self.sections[:number]) if one.level < level), None)

    def _named(self, number: int, titles: Sequence[str]) -> Iterator[str]:
        """The titles of a section; one that occurs several times in the file gets the heading above it in front."""
        for title in titles:
            if self._times[fold(title)] > 1 and (above := self._above(number)):
                yield f"{above.titles[-1]} – {title}"
                if not Block(0, 0, title=title).asks:
                    continue
            yield title


def _whole(parts: Sequence[Section]) -> str:
    """Sections with their headings, as one text; empty when they have only headings."""
    if not any(part.text for part in parts):
        return ""
    return "\n".join(join([_heading(part), *part.blocks]) for part in parts)


def _heading(part: Section) -> Block:
    lines = "\n".join(f"{'#' * part.level} {title}" for title in part.titles)
    return Block(part.line - 1, part.end, text=lines)
