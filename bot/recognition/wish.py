"""Recognises a wish about name or audience at an end of a text or as a sentence of it: "anonymous, team only: …"."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from bot.language.text.normalise import fold
from bot.recognition.phrasebook.lexicon import Lexicon, Word, expand, read_words, split_patterns
from bot.recognition.wish_phrases import CONTINUATIONS, OPENERS, PHRASES, Part
from storage.values import frozen

SEARCHED = 300
"""Characters at each end of a text in which a wish is looked for."""
SHORT = 3
"""Letters of a word that says too little to be looked for."""
MOST_WORDS = 16
"""Words of a wish at the end of a text."""
_NAMELESS = frozenset({Part.NAMELESS, Part.NAMELESS_LOOSE, Part.NAMELESS_APART})
_TEAM = frozenset({Part.TEAM, Part.TEAM_LOOSE, Part.TEAM_APART})
_LOOSE = frozenset({Part.NAMELESS_LOOSE, Part.TEAM_LOOSE})
_FIRM = frozenset({Part.NAMELESS, Part.TEAM})
_BREAK = re.compile(r"[:;,|()\[\]{}\n…\u2190-\u2bff\U0001f000-\U0001faff]|[.!?](?:\s|$)|\s[-–—+/>]|[-–>]\s|—")
"""What separates a wish from the rest, emoji too; a hyphen within a word does not."""
_SENTENCE = re.compile(r"[\n…]|[.!?](?:\s|$)")
"""What separates sentences."""
_COMMON = frozenset(
    ["that", "this", "with", "know", "tell", "your", "dont", "them", "people", "want", "under", "never", "show", "give"]
)
"""Words of wishes that many other texts have, beside those of up to three letters."""
_PLAIN_WORD = re.compile(r"[^\W_]+")
_AFTER_OPENING = re.compile(r"[)\]}»*_\"' ]*[:;,.!?|…>–—-]*\s*")
_BEFORE_CLOSING = re.compile(r"[\s:;,|(\[{«*_>–—+/-]+$")


@frozen
class Wish:
    """What a text wishes for itself.

    Attributes:
        nameless: it is not to bear its author's name.
        team_only: only the team is to read it.
        rest: the text without the wish at its ends; the text itself when there is none there, as words around one
            that stands within would no longer fit together.
    """

    nameless: bool
    team_only: bool
    rest: str


def parse_wish(text: str) -> Wish:
    """The wish that a text opens with, ends with or consists of, or that is a sentence within it.

    A question about it alone ("Can I stay anonymous?") is no wish. Where both readings are possible it is a wish.
    """
    return _parse(text)[0]


def without_wish(text: str) -> str:
    """What a text says beside its wishes, to be judged by its meaning, not to be shown."""
    wish, within = _parse(text)
    rest = wish.rest
    for where in sorted(within, key=lambda one: -one.start):
        rest = f"{rest[: where.start]} {rest[where.stop :]}"
    return rest.strip()


def _parse(text: str) -> tuple[Wish, list[slice]]:
    """The wish of a text, and where further ones stand within the rest of it."""
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
    """The parts of the wish a text opens with, and what follows it."""
    words = read_words(text[:SEARCHED])
    phrases = _phrases(words, 0)
    for count in range(len(phrases), 0, -1):
        found = frozenset(part for _, part in phrases[:count]) & (_NAMELESS | _TEAM)
        if found and _ends(text, words, *phrases[count - 1]):
            after = words[phrases[count - 1][0] - 1].stop
            return found, _AFTER_OPENING.sub("", text[after:], count=1)
    return frozenset(), text


def _parse_closing(text: str) -> tuple[frozenset[Part], str]:
    """The parts of the wish a text ends with, and what stands before it."""
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
    """The wishes that are a sentence of a text, or stand with a please between commas, dashes or brackets."""
    words = read_words(text)
    breaks = [at for at in range(1, len(words)) if _broken(text, words, at)]
    ends = [at for at in breaks if _SENTENCE.search(_between(text, words, at))]
    yield from _wishes(words, ends)
    yield from ((where, parts) for where, parts in _wishes(words, breaks) if Part.POLITE in parts)


def _wishes(words: list[Word], starts: list[int]) -> Iterator[tuple[slice, frozenset[Part]]]:
    """Each run of words, beginning at these indices, that is made of phrases of a wish alone: where, and its parts."""
    for at, stop in pairwise([0, *starts, len(words)]):
        phrases = _phrases(words[at:stop], 0)
        parts = frozenset(part for _, part in phrases)
        if parts & (_NAMELESS | _TEAM) and phrases[-1][0] == stop - at:
            yield slice(words[at].start, words[stop - 1].stop), parts


def _phrases(words: list[Word], at: int) -> list[tuple[int, Part]]:
    """The phrases that follow one another from a word on: the index after each, and what it is."""
    folded = [word.folded for word in words]
    phrases = []
    while at < len(words) and (found := _lexicon().find(folded, at)):
        phrases.append(found)
        at = found[0]
    return phrases


def _ends(text: str, words: list[Word], stop: int, part: Part) -> bool:
    """Whether a wish may end before the word at an index, where its last phrase is of this part."""
    if stop == len(words) or _broken(text, words, stop):
        return True
    following = words[stop].folded
    if part in _FIRM:
        return following not in _continuations()
    return part in _LOOSE and following in _openers()


def _broken(text: str, words: list[Word], at: int) -> bool:
    """Whether punctuation stands before a word."""
    between = _between(text, words, at)
    # Nearly always it is a space and the first character of the word.
    return not (len(between) == 2 and between[0] == " ") and bool(_BREAK.search(between))


def _between(text: str, words: list[Word], at: int) -> str:
    """What stands between two words, with the first character of the second, which tells "a.b" from "a. b"."""
    return text[words[at - 1].stop : words[at].start + 1]


def _meaning(word: Word) -> Part | None:
    found = _lexicon().find([word.folded], 0)
    return found[1] if found else None


def _promising(text: str) -> bool:
    """A cheap check first: most texts have none of the words that every wish has one of."""
    return not _telling().isdisjoint(_PLAIN_WORD.findall(fold(text)))


@cache
def _lexicon() -> Lexicon[Part]:
    return Lexicon({part: [own[part] for own in PHRASES.values() if part in own] for part in Part})


@cache
def _telling() -> frozenset[str]:
    """For each phrase of a wish, the word that tells most: no common one, rather no filler, and a long one."""
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
