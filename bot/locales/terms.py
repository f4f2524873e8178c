"""The words a community may replace, and the rules for its own words."""

from collections.abc import Iterable, Mapping
from typing import Literal

import regex

from bot.language.text.normalise import fold
from bot.locales.speech import Speech
from bot.locales.words import AREAS, OR, WORDS, Verdict, forms, mark
from storage.vocabulary import Kind, Status

KINDS: tuple[str, ...] = (*(WORDS[kind] for kind in Kind), "suggestions", "problems", "messages of praise")
STATUSES: tuple[str, ...] = tuple(dict.fromkeys(WORDS[status] for status in Status if status in WORDS))
_PLURALS = {"suggestion": "suggestions", "problem": "problems", "praise": "messages of praise"}
"""By kind, its plural: in a community's words the two may be the same word."""
LONGEST = 40
"""The most characters of a word: a button on a telephone shows about so many; Discord's buttons take 80."""
SHOWN_OF_TAG = 20
"""The characters Discord keeps of a forum's tag: two words must differ within them."""
_PLAIN = regex.compile(r"(?=[\p{L}\p{N}])[\p{L}\p{M}\p{N} '’,!?()%&-]*[\p{L}][\p{L}\p{M}\p{N} '’,!?()%&-]*")
"""Letters, digits and plain punctuation: nothing that is markup, a mention, a link or a command anywhere."""

Fault = Literal["empty", "long", "signs", "taken"]


def tidy(word: str) -> str:
    """A word without space around it and without double spaces."""
    return " ".join(word.split())


def terms(areas: Iterable[str]) -> tuple[str, ...]:
    """The usual English words that may be replaced, for a community with these areas."""
    return tuple(dict.fromkeys((*KINDS, *STATUSES, *(areas or AREAS))))


def find_term(typed: str, areas: Iterable[str], speeches: Iterable[Speech]) -> str | None:
    """The usual English word for a typed word in any language; None when there is none."""
    known = {
        fold(name): term
        for term in reversed(terms(areas))
        for speech in speeches
        for name in (term, speech.translate(term))
    }
    return known.get(fold(tidy(typed)))


def fault(term: str, word: str, areas: Iterable[str], speeches: Iterable[Speech]) -> tuple[Fault, str] | None:
    """What is wrong with a word that is to replace a usual one; None when nothing is.

    Args:
        word: the new word, tidied.
        speeches: the languages, usual and with the community's words, in which the word must differ from all others.

    Returns:
        The fault, and for `taken` the other word it would be confused with.
    """
    if not word:
        return "empty", ""
    if len(word) > LONGEST:
        return "long", ""
    if not _PLAIN.fullmatch(word):
        return "signs", ""
    wanted = fold(word)[:SHOWN_OF_TAG]
    taken = {fold(name)[:SHOWN_OF_TAG]: name for name in _others(term, areas, tuple(speeches))}
    return ("taken", taken[wanted]) if wanted in taken else None


def _others(term: str, areas: Iterable[str], speeches: tuple[Speech, ...]) -> Iterable[str]:
    """The other words of the same sort; for statuses also every word that can be typed for another decision."""
    sort = next((sort for sort in (KINDS, STATUSES) if term in sort), tuple(areas or AREAS))
    for speech in speeches:
        yield from (speech.translate(other) for other in sort if not _is_of(term, other))
        if sort is STATUSES:
            said = {verdict: forms(verdict) for verdict in Verdict}
            others = (form for known in said.values() if term not in known for form in known)
            yield from (one for form in others for one in speech.translate(form).split(OR))


def _is_of(term: str, other: str) -> bool:
    return term == other or _PLURALS.get(term) == other or _PLURALS.get(other) == term


def sorts(areas: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The words that may be replaced, by the message that names their sort."""
    return {mark("Kinds"): KINDS, mark("Statuses"): STATUSES, mark("Areas"): tuple(areas or AREAS)}
