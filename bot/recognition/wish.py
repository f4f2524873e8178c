"""Recognises wishes about name or audience at an end of a text or as a sentence: "anonymous, team only: …"."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from bot.language.text.normalise import fold
from bot.recognition.phrasebook.lexicon import Lexicon, Word, expand, read_words, split_patterns
from bot.recognition.wish_phrases import CONTINUATIONS, OPENERS, PHRASES, Part
from storage.values import frozen

SEARCHED = 300
"""The number of characters at each end of a text that are searched."""
SHORT = 3
"""The most letters of a word that is too common to search for."""
MOST_WORDS = 16
"""The most words of a wish at the end of a text."""
_NAMELESS = frozenset({Part.NAMELESS, Part.NAMELESS_LOOSE, Part.NAMELESS_APART})
_TEAM = frozenset({Part.TEAM, Part.TEAM_LOOSE, Part.TEAM_APART})
_LOOSE = frozenset({Part.NAMELESS_LOOSE, Part.TEAM_LOOSE})
_FIRM = frozenset({Part.NAMELESS, Part.TEAM})
_BREAK = re.compile(r"[:;,|()\[\]{}\n…\u2190-\u2bff\U0001f000-\U0001faff]|[.!?](?:\s|$)|\s[-–—+/>]|[-–>]\s|—")
"""The separators between a wish and the rest, emoji included; a hyphen within a word is none."""
_SENTENCE = re.compile(r"[\n…]|[.!?](?:\s|$)")
"""The separators between sentences."""
_COMMON = frozenset(
    ["that", "this", "with", "know", "tell", "your", "dont", "them", "people", "want", "under", "never", "show", "give"]
)
"""Words of wishes that are common in other texts, besides those of up to `SHORT` letters."""
_PLAIN_WORD = re.compile(r"[^\W_]+")
_AFTER_OPENING = re.compile(r"[)\]}»*_\"' ]*[:;,.!?|…>–—-]*\s*")
_BEFORE_CLOSING = re.compile(r"[\s:;,|(\[{«*_>–—+/-]+$")


@frozen
class Wish:
    """The wish of a text about its name and audience.

    Attributes:
        nameless: whether it is to be filed without its author's name.
        team_only: whether only the team is to read it.
        rest: the text without wishes at its ends; a wish within it stays, since the words around it would not fit
            together.
    """

    nameless: bool
    team_only: bool
    rest: str


def parse_wish(text: str) -> Wish:
    """The wish at the beginning or the end of a text, or in a sentence of its own.

    A text that only asks about it ("Can I stay anonymous?") is no wish. If both readings are possible, it is a wish.
    """
    return _parse(text)[0]


def without_wish(text: str) -> str:
    """A text without all its wishes, for comparing its meaning; it is not fit to be shown."""
    wish, within = _parse(text)
    rest = wish.rest
    for where in sorted(within, key=lambda one: -one.start):
        rest = f"{rest[: where.start]} {rest[where.stop :]}"
    return rest.strip()


def _parse(text: str) -> tuple[Wish, list[slice]]:
    """The wish of a text, and the places of further wishes within its rest."""
    if not _promising(text):
        return Wish(nameless=False, team_only=False, rest=text), []
    opening, rest = _parse_opening(text)
    if not rest and text.rstrip().endswith("?"):
        return Wish(nameless=False, team_only=False, rest=text), [where for where, _ in _find_within(text)]
    closing, rest = _parse_closing(rest)
    within = list(_find_within(rest))
    found = opening.union(closing, *(parts for _, parts in within))
    return Wish(bool(found & _NAMELESS), bool(found & _TEAM), rest), [where for where, _ in within]


def _parse_opening(text: str) -> tuple[frozenset[Part], str]:
    """The parts of the wish at the beginning of a text, and the text after it."""
    words = read_words(text[:SEARCHED])
    phrases = _phrases(words, 0)
    for count in range(len(phrases), 0, -1):
        found = frozenset(part for _, part in phrases[:count]) & (_NAMELESS | _TEAM)
        if found and _ends(text, words, *phrases[count - 1]):
            after = words[phrases[count - 1][0] - 1].stop
            return found, _AFTER_OPENING.sub("", text[after:], count=1)
    return frozenset(), text


def _parse_closing(text: str) -> tuple[frozenset[Part], str]:
    """The parts of the wish at the end of a text, and the text before it."""
    begin = max(0, len(text) - SEARCHED)
    tail = text[begin:]
    words = read_words(tail)[-MOST_WORDS:]
    for at in range(1, len(words)):
        if not (_broken(tail, words, at) or _meaning(words[at]) is Part.POLITE):
            continue
        phrases = _phrases(words, at)
        found = frozenset(part for _, part in phrases) & (_NAMELESS | _TEAM)
        if found and phrases[-1][0] == len(words):
            return found, _BEFORE_CLOSING.sub("", text[: begin + words[at].start])
    return frozenset(), text


def _find_within(text: str) -> Iterator[tuple[slice, frozenset[Part]]]:
    """The wishes that are a sentence of a text, or have a please and stand between commas, dashes or brackets."""
    words = read_words(text)
    breaks = [at for at in range(1, len(words)) if _broken(text, words, at)]
    ends = [at for at in breaks if _SENTENCE.search(_between(text, words, at))]
    yield from _wishes(words, ends)
    yield from ((where, parts) for where, parts in _wishes(words, breaks) if Part.POLITE in parts)


def _wishes(words: list[Word], starts: list[int]) -> Iterator[tuple[slice, frozenset[Part]]]:
    """The segments, which begin at these indexes, that consist of phrases of a wish: their places, and their parts."""
    for at, stop in pairwise([0, *starts, len(words)]):
        phrases = _phrases(words[at:stop], 0)
        parts = frozenset(part for _, part in phrases)
        if parts & (_NAMELESS | _TEAM) and phrases[-1][0] == stop - at:
            yield slice(words[at].start, words[stop - 1].stop), parts


def _phrases(words: list[Word], at: int) -> list[tuple[int, Part]]:
    """The phrases in a row from the index `at` on: for each, the index after it and its part."""
    folded = [word.folded for word in words]
    phrases = []
    while at < len(words) and (found := _lexicon().find(folded, at)):
        phrases.append(found)
        at = found[0]
    return phrases


def _ends(text: str, words: list[Word], stop: int, part: Part) -> bool:
    """Whether a wish may end before the word at the index `stop`, given the part of its last phrase."""
    if stop == len(words) or _broken(text, words, stop):
        return True
    following = words[stop].folded
    if part in _FIRM:
        return following not in _continuations()
    return part in _LOOSE and following in _openers()


def _broken(text: str, words: list[Word], at: int) -> bool:
    """Whether there is punctuation before the word at an index."""
    between = _between(text, words, at)
    # Nearly always it is a space and the first character of the word.
    return not (len(between) == 2 and between[0] == " ") and bool(_BREAK.search(between))


def _between(text: str, words: list[Word], at: int) -> str:
    """The characters before a word, with its first one, by which "a.b" differs from "a. b"."""
    return text[words[at - 1].stop : words[at].start + 1]


def _meaning(word: Word) -> Part | None:
    found = _lexicon().find([word.folded], 0)
    return found[1] if found else None


def _promising(text: str) -> bool:
    """Whether a text has one of the words of which every wish has one; a cheap check, which most texts fail."""
    return not _telling().isdisjoint(_PLAIN_WORD.findall(fold(text)))


@cache
def _lexicon() -> Lexicon[Part]:
    return Lexicon({part: [own[part] for own in PHRASES.values() if part in own] for part in Part})


@cache
def _telling() -> frozenset[str]:
    """For each phrase of a wish, its most distinctive word: not a common one, preferably no filler, and long."""
    fillers = {*_listed(Part.POLITE), *_listed(Part.FILLER)}

    def weight(word: str) -> tuple[bool, bool, int]:
        return word not in _COMMON and len(word) > SHORT, word not in fillers, len(word)

    phrases = (phrase.split() for part in _NAMELESS | _TEAM for phrase in _listed(part))
    return frozenset(max(phrase, key=weight) for phrase in phrases)


def _listed(part: Part) -> Iterator[str]:
    """Every phrase of a part, in every language."""
    tables = (own[part] for own in PHRASES.values() if part in own)
    return (phrase for table in tables for pattern in split_patterns(table) for phrase in expand(pattern))


@cache
def _openers() -> frozenset[str]:
    return frozenset(" ".join(OPENERS.values()).split())


@cache
def _continuations() -> frozenset[str]:
    return frozenset(" ".join(CONTINUATIONS.values()).split())
