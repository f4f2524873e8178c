"""Tells whether two questions go in opposite directions: from A to B, and from B to A."""

from collections.abc import Collection, Sequence

from bot.language.text.words import Word

OPPOSITE = ((("from",), ("to", "into", "towards")), (("depuis",), ("vers", "jusque")))
"""Pairs of words for the origin and for the destination."""
EXCHANGED = ((("de", "d", "du", "des"), ("a", "au", "aux", "vers")),)
"""Pairs of words with further meanings: both places must have changed sides."""
ORDERING = (("before", "avant"), ("after", "apres"), ("than",), ("to", "into", "en"))
"""Words between two things whose order matters."""


def turned(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether two texts go in opposite directions between the same things."""
    return (
        any(_crosses(one, other, *pair) or _crosses(other, one, *pair) for pair in OPPOSITE)
        or any(_crosses(one, other, *pair) and _crosses(other, one, *pair) for pair in EXCHANGED)
        or any(_reorders(one, other, words) for words in ORDERING)
    )


def _crosses(one: Sequence[Word], other: Sequence[Word], away: Collection[str], towards: Collection[str]) -> bool:
    """Whether a thing is only the origin in one text and only the destination in the other."""
    left = _after(one, away) & _after(other, towards)
    return bool(left - _after(one, towards) - _after(other, away))


def _reorders(one: Sequence[Word], other: Sequence[Word], words: Collection[str]) -> bool:
    first, second = _after(one, words), _after(other, words)
    if not first or not second or not first.isdisjoint(second):
        return False
    return not first.isdisjoint(_forms(other)) and not second.isdisjoint(_forms(one))


def _after(text: Sequence[Word], words: Collection[str]) -> frozenset[str]:
    """The forms of the next content word after each of some words."""
    found = [
        next((later for later in text[at + 1 :] if not later.small), None)
        for at, word in enumerate(text)
        if word.text in words
    ]
    return _forms([word for word in found if word])


def _forms(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(form for word in words for form in word.forms)
