"""Recognises the columns of tables of feedback by the names that people and other tools give them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.cells import abridge
from bot.language.text.normalise import fold
from bot.transfer.incoming.reading.names import IDEAS, NAMES, TEXTS, THINGS
from storage.values import frozen

Names = Mapping[str, tuple[str, ...]]
Look = Callable[["_Word", str, tuple[str, ...]], int | None]
"""Returns the rank of a title among the names of a column; None if it is not among them."""
EXPORTED = {"number", "changed at", "community"}
"""Columns that only our own export has, whose cells are escaped also within a text."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKS = re.compile(r"[^\w]+|_+")
_BRACKETS = re.compile(r"\([^)]*\)\s*$")
_LOCALE = re.compile(r"(?<!translations)/[a-z]{2}(?:-[A-Z]{2})?\s*$")
_THING = "|".join(THINGS)
_OF_A_THING = re.compile(rf"^(?:export )?(?:(?:{_THING}) )+|^export | (?:de|du|des) (?:la |l )?(?:{_THING})$")
_YOURS = re.compile(r"^(?:your|votre) ")
_COUNTED = re.compile(
    r"^(?:number of|no of|num|nb|nb de|nombre de|total|total of) | (?:total )?(?:count|number|total)$"
)
_ASKED = re.compile(
    r"\b(?:idees?|ideas?|suggest\w*|sugger\w*|propos\w*|feedback|retours?|avis|remarques?|improve\w*|amelior\w*)\b"
)
"""Words for what a form's question asks for."""


@frozen
class Columns:
    """The columns of a header row.

    Attributes:
        at: by column, its position.
        unread: the titles of columns that are not read.
        exported: whether our own export wrote it.
        others: by column of text, the positions of its other languages, which are read where the first cell is empty.
    """

    at: Mapping[str, int]
    unread: Sequence[str]
    exported: bool = False
    others: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def has_words(self) -> bool:
        """Whether there is a column of text."""
        return bool(TEXTS & set(self.at))


def recognise(titles: Sequence[str], names: Names = NAMES) -> Columns:
    """The columns of a header row; of several titles for one column, the one listed first in `names` counts."""
    words = [word_of(title) for title in titles]
    looked_at = [_Word(word) for word in words]
    at: dict[str, int] = {}
    for look in (_exactly, _nearly):
        for column, known in names.items():
            if column not in at and (place := _place(looked_at, at, column, known, look)) is not None:
                at[column] = place
    _find_title(words, at)
    _find_question(words, at, names)
    others = {column: _same(words, at[column]) for column in TEXTS & set(at)}
    read = {*at.values(), *(place for more in others.values() for place in more)}
    unread = [abridge(" ".join(title.split())) for place, title in enumerate(titles) if place not in read]
    return Columns(at, [title for title in unread if title], set(words) >= EXPORTED, others)


def word_of(title: str) -> str:
    """A title for comparison; `createdAt`, `created_at`, `Created at (UTC)` and `created at/fr` are equal."""
    plain = fold(_HUMP.sub(" ", _LOCALE.sub("", _BRACKETS.sub("", title))))
    return " ".join(_MARKS.sub(" ", plain).split())


def _place(
    words: Sequence["_Word"], at: Mapping[str, int], column: str, known: tuple[str, ...], look: Look
) -> int | None:
    """The position of the best-ranked title for a column, among those that are no other column yet; None for none."""
    ranks = {
        place: rank
        for place, word in enumerate(words)
        if place not in at.values() and (rank := look(word, column, known)) is not None
    }
    return min(ranks, key=lambda place: ranks[place]) if ranks else None


@dataclass(frozen=True)
class _Word:
    """A title in the forms it is compared in, made once for all columns."""

    whole: str

    @cached_property
    def alone(self) -> str:
        """The title without the thing it is about, such as `title` of `proposal title`."""
        return _OF_A_THING.sub("", self.whole)

    @cached_property
    def plain(self) -> str:
        """The same without `your` at its beginning."""
        return _YOURS.sub("", self.alone)


def _exactly(word: _Word, _: str, known: tuple[str, ...]) -> int | None:
    return _rank(word.whole, known)


def _nearly(word: _Word, column: str, known: tuple[str, ...]) -> int | None:
    """As `_exactly`, without the thing, `your`, and words of counting: `proposal title`, `num supports`."""
    if column == "title" and word.alone != word.whole and word.alone in ("name", "nom"):
        return len(known)
    return _rank(_COUNTED.sub("", word.plain) if column == "support" else word.plain, known)


def _rank(word: str, known: tuple[str, ...]) -> int | None:
    return known.index(word) if word in known else None


def _find_title(words: Sequence[str], at: dict[str, int]) -> None:
    """Without a title, use the summary, or the idea beside a description, as the title."""
    if "title" in at:
        return
    if "summary" in at:
        at["title"] = at.pop("summary")
    elif "text" in at and words[at["text"]] not in IDEAS:
        held = [word for word in IDEAS if word in words and words.index(word) not in at.values()]
        at |= {"title": words.index(held[0])} if held else {}


def _find_question(words: Sequence[str], at: dict[str, int], names: Names) -> None:
    """Without a text, use the answers to a form's question as the text, if another column was recognised."""
    if at and "text" in names and not TEXTS & set(at):
        asked = [place for place, word in enumerate(words) if place not in at.values() and _ASKED.search(word)]
        at |= dict(zip(("text",), asked, strict=False))


def _same(words: Sequence[str], place: int) -> list[int]:
    return [other for other, word in enumerate(words) if word == words[place] and other != place]
