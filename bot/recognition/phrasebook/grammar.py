"""Compiles the phrases of a table into regular expressions, slot by slot (the format: `tables/README.md`)."""

import re
from collections.abc import Iterable

from bot.recognition.phrasebook.table import Line, Table
from bot.recognition.phrasebook.words import fold
from storage.values import frozen

DEEPEST = 8
"""The deepest nesting of groups; deeper means that a group names itself."""

_PARTS = re.compile(r"[()]|(?:<[^<>]*>|[^\s()<>]|[<>])+")
_SLASH = re.compile(r"/(?![^<]*>)")


@frozen
class Slot:
    """A part of a phrase.

    Attributes:
        expression: matches the part in a respelled text, each word with the space before it.
        firsts: the words that the part can begin with; beginnings of words end with `*`.
        optional: whether the part may be missing.
    """

    expression: str
    firsts: frozenset[str]
    optional: bool = False


GAP = Slot(r"(?: [^ .]+){0,3}?", frozenset(), optional=True)
"""Up to three words of the same sentence, as few as possible."""


def join(slots: Iterable[Slot]) -> str:
    """The expression for slots in a row."""
    return "".join(slot.expression for slot in slots)


def firsts(slots: Iterable[Slot]) -> frozenset[str]:
    """The words that slots in a row can begin with."""
    words: frozenset[str] = frozenset()
    for slot in slots:
        words |= slot.firsts
        if not slot.optional:
            break
    return words


_Tree = dict[str, "_Tree"]


def alternatives(phrases: Iterable[list[Slot]]) -> str:
    """One expression for all phrases, with shared beginnings written once, and longer phrases tried first."""
    tree: _Tree = {}
    for slots in phrases:
        branch = tree
        for slot in slots:
            branch = branch.setdefault(slot.expression, {})
        branch[""] = {}
    return _write(tree)


def _write(tree: _Tree) -> str:
    branches = [expression + _write(rest) for expression, rest in tree.items() if expression]
    if "" in tree:
        branches.append("")
    if len(branches) < 2:
        return "".join(branches)
    return f"(?:{'|'.join(branches)})"


def firsts_of_any(options: Iterable[Slot]) -> frozenset[str]:
    """The words that one of several slots can begin with."""
    return frozenset().union(*(option.firsts for option in options))


class Grammar:
    """Compiles the phrases of one table; each group and each word is compiled once."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._groups: dict[str, Slot] = {}
        self._words: dict[str, list[Slot]] = {}

    def read_phrase(self, line: Line, depth: int = 0) -> list[Slot]:
        """The slots of a phrase.

        Raises:
            OperatorError: the phrase is not understood, begins with a gap, or has no word that must be there.
        """
        open_slots: list[list[Slot]] = [[]]
        for part in _PARTS.findall(line.text):
            if part == "(":
                open_slots.append([])
            elif part != ")":
                open_slots[-1] += self._read_part(part, line, depth)
            elif len(open_slots) > 1:
                inner = open_slots.pop()
                open_slots[-1].append(Slot(f"(?:{join(inner)})?", firsts(inner), optional=True))
            else:
                raise line.error("A ) needs a ( before it.")
        slots = open_slots[0]
        if len(open_slots) > 1:
            raise line.error("A ( needs a ) after it.")
        if all(slot.optional for slot in slots) or slots[0] is GAP:
            raise line.error("A phrase begins with a word, and has one that is not optional.")
        return slots

    def _read_part(self, part: str, line: Line, depth: int) -> list[Slot]:
        if part == "*":
            return [GAP]
        options = [option for text in _SLASH.split(part) for option in self._read_option(text, line, depth)]
        expression = "|".join(dict.fromkeys(option.expression for option in options))
        return [Slot(f"(?:{expression})", firsts_of_any(options))] if options else []

    def _read_option(self, text: str, line: Line, depth: int) -> list[Slot]:
        """The slots of a word or a group; none for a word that the table leaves out."""
        if text.startswith("<") and text.endswith(">"):
            return [self._read_group(text[1:-1], line, depth)]
        if text not in self._words:
            self._words[text] = self._read_word(text, line)
        return self._words[text]

    def _read_word(self, text: str, line: Line) -> list[Slot]:
        words = fold(text.rstrip("*"))
        if not words or "*" in "".join(words) or "<" in text or ">" in text:
            raise line.error("Write word, word/word, beginn*, <group>, (optional), or * alone for up to three words.")
        if text.endswith("*"):
            beginning = "".join(words)
            return [Slot(f" {re.escape(beginning)}[^ ]*", frozenset({f"{beginning}*"}))]
        spelled = " ".join(self._table.spelling.get(word, word) for word in words).split()
        return [Slot("".join(f" {re.escape(word)}" for word in spelled), frozenset(spelled[:1]))] if spelled else []

    def _read_group(self, name: str, line: Line, depth: int) -> Slot:
        if name in self._groups:
            return self._groups[name]
        phrases = self._table.groups.get(name)
        if phrases is None:
            raise line.error(f"There is no group <{name}>; name it under [groups], as: {name} = word, some words.")
        if depth == DEEPEST:
            raise line.error(f"The group <{name}> names itself.")
        read = [self.read_phrase(phrase, depth + 1) for phrase in phrases]
        self._groups[name] = Slot(alternatives(read), frozenset().union(*map(firsts, read)))
        return self._groups[name]
