"""Compares two wordings of a question, to tell whether a changed word makes it a different question."""

from collections.abc import Iterable, Sequence
from enum import IntEnum

from bot.language.text.comparison.direction import turned
from bot.language.text.comparison.opposites import INABILITY, NEGATIONS, counts, oppose
from bot.language.text.words import Word, content
from storage.values import frozen

OPPOSED_SHARE, CLOSE_SHARE = 0.3, 0.5
"""The share of common content words from which opposites, and other decisive changes, count as such."""
SHORTEST_TYPO = 6
"""The fewest letters of a word with a typing mistake."""
FEW_SHARED = 2
"""With at most so many words in common, a swapped word may be the subject of the question."""


class Change(IntEnum):
    """The kind of change between a phrasing and a question, from none to the most severe.

    `OTHER` is several changed words, `NARROWED` one or two added or missing ones, `SWAPPED` one word for another, and
    `DECISIVE` an opposite, a negation, a direction, a number or a name.
    """

    NONE = 0
    OTHER = 1
    NARROWED = 2
    SWAPPED = 3
    DECISIVE = 4


@frozen
class Comparison:
    """The change from a phrasing to a question.

    Attributes:
        added: the content words that only the question has.
        missing: the content words that only the phrasing has.
    """

    change: Change
    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def compare(question: Sequence[Word], phrasing: Sequence[Word]) -> Comparison:
    """Compare a question with a phrasing."""
    added, missing = differ(question, phrasing)
    new, gone = content(added), content(missing)
    shared = len(content(question)) - len(new)
    close = shared / max(1, shared + max(len(new), len(gone)))
    opposed = close >= OPPOSED_SHARE and (
        any(oppose(one.forms, other.forms) for one in added for other in missing) or turned(question, phrasing)
    )
    told = close >= CLOSE_SHARE and (negated(question, phrasing) or _counted(added) or _named(added, missing, phrasing))
    change = Change.DECISIVE if opposed or told else _count(shared, len(new), len(gone))
    return Comparison(change, tuple(word.text for word in new), tuple(word.text for word in gone))


def _count(shared: int, new: int, gone: int) -> Change:
    if not new + gone:
        return Change.NONE
    if 0 < shared <= FEW_SHARED and new == gone == 1:
        return Change.SWAPPED
    return Change.NARROWED if shared and new + gone <= 2 else Change.OTHER


def negated(question: Sequence[Word], phrasing: Sequence[Word]) -> bool:
    """Whether only one of the two has a negation; `I cannot find` does not count, since it asks where to find."""
    said = " ".join(word.text for word in question)
    able = not any(f" {words} " in f" {said} " for words in INABILITY)
    return able and negates(question) != negates(phrasing)


def negates(words: Iterable[Word]) -> bool:
    """Whether one of some words is a negation."""
    return any(word.text in NEGATIONS for word in words)


def differ(one: Sequence[Word], other: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words that only one text has, and those that only the other has.

    Words are matched one by one: first equal words, then related forms, then mistyped ones.
    """
    texts = {word.text for word in one} & {word.text for word in other}
    left = [[word for word in words if word.text not in texts] for words in (one, other)]
    for alike in (_related, _mistyped):
        for word in list(left[0]):
            match = next((found for found in left[1] if alike(word, found)), None)
            if match:
                left[0].remove(word)
                left[1].remove(match)
    return left[0], left[1]


def _related(one: Word, other: Word) -> bool:
    return not one.forms.isdisjoint(other.forms) and not oppose(one.forms, other.forms)


def _counted(added: Iterable[Word]) -> bool:
    """Whether a number was added, or replaced by another."""
    return any(counts(word.text) for word in added)


def _named(added: Sequence[Word], missing: Sequence[Word], phrasing: Sequence[Word]) -> bool:
    """Whether a name was added, or only a part of a name of the phrasing is left."""
    if any(word.name and not word.small for word in added):
        return True
    gone = content(missing)
    names = [word for word in phrasing if word.name]
    return bool(gone) and not content(added) and all(word.name for word in gone) and len(names) > len(gone)


def _mistyped(one: Word, other: Word) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - 3 MiB for who asks

    return (
        min(len(one.text), len(other.text)) >= SHORTEST_TYPO
        and one.text[0] == other.text[0]
        and not counts(one.text)
        and OSA.distance(one.text, other.text, score_cutoff=1) <= 1
        and not oppose(one.forms, other.forms)
    )
