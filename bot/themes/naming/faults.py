"""Finds what is wrong with the subject of a theme, or wished for it, in the words beside it in the theme's texts.

It is chosen by class-based TF-IDF, like the subject itself: among what is said right before or behind it, what many
of the theme's people say and few others. The label is always a clause that somebody wrote.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from bot.themes.naming.clauses import Clause, clauses
from bot.themes.naming.grammar import PARTICLES
from bot.themes.naming.nouns import Nouns
from bot.themes.naming.tokens import Text

TABLE = Path(__file__).with_name("faults.txt")
FEWEST, SHARE = 2, 0.25
"""The least number, and the least share, of a theme's people who must use the word."""
MOST = 0.6
"""The share of people from which the name of a day is part of the label, as in "Saturday opening"."""
_DAYS = (
    "monday tuesday wednesday thursday friday saturday sunday weekend evening night "
    "lundi mardi mercredi jeudi vendredi samedi dimanche week-end soir soiree nuit"
)
DAYS = frozenset(_DAYS.split())
NOUN = 0.5
"""How often the word may be a noun, from 0 to 1."""
POWER = 1.5
"""The exponent of the share of a theme's people, so that words of most people weigh more."""


def find_fault(
    texts: Sequence[Text],
    topic_keys: Collection[str],
    rather: Collection[str],
    whole: int,
    used: Mapping[str, int],
    nouns: Nouns,
    size: float,
) -> str:
    """The topic with its most significant predicate, as most write it; empty if no predicate is frequent enough.

    Args:
        texts: the texts of a theme, all of one person as one.
        topic_keys: the keys of the words of the topic.
        rather: the keys of words that are preferred as predicates.
        whole: the least number of words of the topic that a clause must have.
        used: by the key of a word, the number of texts of all themes that have it.
        nouns: how often words are nouns.
        size: the average number of texts of a theme.
    """
    found, voices = defaultdict[str, list[Clause]](list), Counter[str]()
    for text in texts:
        some = [one for part in text for one in clauses(part, topic_keys)]
        for one in some:
            found[one.said].append(one)
        voices.update({*(token.key for part in text for token in part), *(one.said for one in some)})
    least = max(FEWEST, SHARE * len(texts))
    rare = {said: math.log(1 + size / max(used.get(said, 0), voices[said])) for said in found}
    weights = {said: (voices[said] / len(texts)) ** POWER * rare[said] for said in found if voices[said] >= least}
    for said in sorted(weights, key=lambda said: (said not in rather, -weights[said], said)):
        if _mostly_unstated(found[said]):
            continue
        alike = [one for one in _agreeing(found[said]) if len(one.topic) >= whole]
        if fit := [one for one in alike if _fits(one, nouns, voices[said] / len(texts))]:
            return _usual(fit)
    return ""


def correct(texts: Sequence[Text], topic: Sequence[str], said: str) -> str | None:
    """The clause in which most write a phrase of a topic and its predicate, as "price too high" for "price high".

    Returns:
        None if most clauses are questions or incomplete; empty if no text has the predicate beside the topic.
    """
    every = [one for text in texts for part in text for one in clauses(part, set(topic))]
    some = [one for one in every if one.said == said and set(topic) <= set(one.topic)]
    return None if _mostly_unstated(some) else _usual(_agreeing(some))


def _agreeing(some: Sequence[Clause]) -> list[Clause]:
    """The stated clauses that are negated, or not, as most are."""
    denied = sum(one.negated for one in some) * 2 >= len(some)
    return [one for one in some if one.stated and one.negated == denied]


def _mostly_unstated(some: Sequence[Clause]) -> bool:
    return sum(not one.stated for one in some) * 2 > len(some)


def _fits(one: Clause, nouns: Nouns, share: float) -> bool:
    """Whether a clause is worth showing: with a quantity, a verb, an adjective, or a word of the table."""
    word = one.token
    if one.amount or word.folded in _table() or (one.negated and word.filler):
        return True
    if word.folded in PARTICLES:
        return nouns.share(one.topic[-1]) > NOUN
    if word.filler:
        return share >= MOST and word.folded.removesuffix("s") in DAYS
    return one.near and nouns.share(one.said) <= NOUN


def _usual(some: Sequence[Clause]) -> str:
    """The most frequent of the clauses with the longest form of the topic."""
    most = max((len(one.topic) for one in some), default=0)
    written = Counter(one.words.lower() for one in some if len(one.topic) == most)
    best = max(written, key=lambda words: (written[words], -len(words), words), default="")
    surfaces = Counter(one.words for one in some if one.words.lower() == best)
    return max(surfaces, key=lambda words: (surfaces[words], words), default="")


@lru_cache(1)
def _table() -> frozenset[str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
