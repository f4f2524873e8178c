"""Removes the markup of site generators from Markdown: notes, tabs, shortcodes, attributes, labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.knowledge.sources.markdown.footnotes import inline_notes

LONGEST = 10_000
"""The most characters of a line that is searched for markup: longer lines are not prose."""
_FENCE = re.compile(r"\s*(?P<mark>`{3,}|~{3,})\s*(?P<info>.*?)\s*\Z")
_DIRECTIVE = re.compile(
    r"\{(?:note|tip|hint|info|warning|attention|caution|danger|error|important|seealso|admonition|dropdown)\}"
    r"\s*(?P<title>.*)"
)
"""The info string of a fence in MyST that is a note, not code."""
_OPTION = re.compile(r"\s*:[\w-]+:(?:\s|\Z)")
_NOTE = re.compile(
    r"(?P<gap> *)(?:(?:!!!|\?\?\?\+?)\s+[\w-]+(?:\s+[\w-]+)*|===!?\+?(?=\s*\"))(?:\s+\"(?P<title>.*)\")?\s*\Z"
)
"""The first line of a note, a fold or a tab of MkDocs, whose content is indented below it."""
_CONTAINER = re.compile(r"\s*:{3,}\s*(?:\{[^{}]*\}|[\w-]*)(?:\[(?P<named>.*)\]|\s+(?P<title>.*))?\s*\Z")
_ALERT = re.compile(r"(?P<quote>\s*>\s*)\[!\w+\][+-]?\s*(?P<title>.*)\Z")
_DEEP = re.compile(r" {4}|\t")
_LINES = re.compile(
    r"\s*(?:\{%.*%\}|\{\{[<%].*[%>]\}\}|\{:.*\}|\([\w:./-]+\)=|import\s.+\sfrom\s+(['\"]).+\1;?"
    r"|export\s+(?:const|let)\s+\w+\s*=.*)\s*\Z"
)
"""Lines that consist of markup: tags, attributes, labels, imports."""
_WITHIN = re.compile(
    r"(?P<code>(?P<ticks>`+).*?(?P=ticks))|\{%.*?%\}|\{\{[<%].*?[%>]\}\}|\{/\*.*?\*/\}|\{:?\s*[.#:][^{}]*\}|"
    r"(?<=\))\{\s*[\w-]+=[^{}]*\}|\{[\w:-]+\}(?=`)"
)


def rewrite(lines: Sequence[str]) -> list[str]:
    """The lines in plain Markdown; their number stays the same."""
    return inline_notes(list(_Reading().read(lines)))


@dataclass(slots=True)
class _Reading:
    """The state of reading a file line by line.

    Attributes:
        fence: the fence that closes the present code block; empty outside of code.
        notes: the fences that close the present notes, the innermost last.
        depth: the indentation of the content of each present note or tab, the innermost last.
        options: whether the last line began a note, whose options may follow.
    """

    fence: str = ""
    notes: list[str] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    options: bool = False

    def read(self, lines: Sequence[str]) -> Iterator[str]:
        """Each line, without markup that is not Markdown."""
        for number, line in enumerate(lines):
            below = next((one for one in lines[number + 1 : number + 3] if one.strip()), "")
            yield self._read(self._dedented(line), holds=_indented(below) >= _indented(line) + 4)

    def _dedented(self, line: str) -> str:
        indented = _indented(line)
        while line.strip() and self.depth and indented < self.depth[-1]:
            self.depth.pop()
        return line[min(indented, 4 * len(self.depth)) :]

    def _read(self, line: str, *, holds: bool) -> str:
        """A line in plain Markdown.

        Args:
            holds: whether the next lines are indented below it.
        """
        fence = _FENCE.match(line)
        if self.fence:
            self.fence = "" if fence and not fence["info"] and fence["mark"].startswith(self.fence) else self.fence
            return line
        if fence:
            return self._open(line, fence["mark"], fence["info"])
        note = _NOTE.match(line) if holds else None
        if note:
            self.depth.append(4 * len(self.depth) + len(note["gap"]) + 4)
            return note["gap"] + _bold(note["title"])
        options, self.options = self.options, False
        self.options = options and bool(_OPTION.match(line))
        return "" if self.options else _plain(line)

    def _open(self, line: str, mark: str, info: str) -> str:
        """A line with a fence: unchanged for code, its title for a note."""
        directive = _DIRECTIVE.fullmatch(info)
        if directive:
            self.notes.append(mark)
            self.options = True
            return _bold(directive["title"])
        if mark in self.notes and not info:
            self.notes.remove(mark)
            return ""
        self.fence = mark
        return line


def _indented(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _plain(line: str) -> str:
    if container := _CONTAINER.match(line):
        return _bold(container["named"] or container["title"])
    if alert := _ALERT.match(line):
        return f"{alert['quote']}{_bold(alert['title'])}".rstrip()
    if _DEEP.match(line) or len(line) > LONGEST:
        return line
    if _LINES.match(line):
        return ""
    bare = _WITHIN.sub(lambda found: found["code"] or "", line)
    return line if bare == line else bare.rstrip()


def _bold(title: str | None) -> str:
    return f"**{title.strip()}**" if title and title.strip() else ""
