"""Names themes by class-based TF-IDF: the nouns that many of a theme's people use, and few of the others.

Each theme is one class. A term's weight is the share of the theme's people who use it, times log(1 + A / f), where f
is how many people of all classes use it, and A how many a class has on average (Grootendorst 2022, with people counted
instead of occurrences, so that one who repeats a word does not name the theme), times how often it is a noun.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.themes.faults import tell
from bot.themes.inability import unable
from bot.themes.nouns import Nouns
from bot.themes.tokens import Text, Token, keys, parts

LONGEST = 3
"""Words of a term at most."""
FEWEST = 2
"""People who use a term at least: the words of one alone would name its author to those who know."""
USED = 0.3
"""The share of a theme's people who use the term that names it, if there is such a one."""
SHARE = 0.3
"""The share of the best word's texts that a phrase must have to be preferred to it."""
SECOND = 0.4
"""The share of the first term's weight from which a second one is named, too, if it is in `SHARE` of the texts."""
NOUN = 0.5
"""How often the second one must be a noun."""
PHRASE = 0.2
"""The share of a theme's people from which a phrase of one of them is shown for its best word."""
HALF = 0.5
"""The share of a theme's people below which a single word gives way to what they cannot do."""
FAMILY = 5
"""Letters from which two words that begin alike are one: "inscription" and "inscrire"."""
FEW = 4
"""The people up to which the phrase of one of them is shown; of more, it may be about something else."""
MOSTLY = 0.7
"""The share of a word's texts in which the same word stands before it, from which both are shown."""
POWER = 1.5
"""How much more a word counts that most of a theme's people use."""
VERB = 0.3
"""What a term weighs that is never a noun, of one that always is: "cancel" may still say more than "card"."""
JOINTS = frozenset(["of", "for", "to", "de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "aux", "en"])
"""Small words that may stand inside a phrase, as in "points de retrait"."""
_TERM = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """How words are used in the texts of all themes.

    Attributes:
        texts: by term, how many texts have it.
    """

    texts: Mapping[str, int]
    nouns: Nouns

    def noun(self, term: _TERM) -> float:
        """How often the words of a term are nouns, on average."""
        return sum(map(self.nouns.share, term)) / len(term)


@dataclass(slots=True)
class _Found:
    """The terms of a theme: how many texts have each, in how many it may be a name, and how it is written."""

    texts: Counter[_TERM] = field(default_factory=Counter)
    named: Counter[_TERM] = field(default_factory=Counter)
    written: dict[_TERM, Counter[str]] = field(default_factory=dict)


def label(
    texts: Sequence[str], usage: Usage, size: float, names: Collection[str] = (), others: Sequence[str] = ()
) -> str:
    """The words that name a theme, as people write them; empty when its texts share none.

    Args:
        texts: of the theme in one language, all of one person as one.
        usage: of the texts of all themes: see `count`.
        size: how many texts a theme has on average.
        names: of people, which name no theme.
        others: the theme's texts in other languages; what they have, too, as "code" and "SMS", names it best.
    """
    people = {key for name in names for key in keys(name)}
    read, others_read = [list(parts(text)) for text in texts], [list(parts(text)) for text in others]
    for fillers in (False, True):
        found, beside = _find(read, fillers=fillers), _find(others_read, fillers=fillers).texts
        weights = {
            term: (number / len(texts) + beside[term] / max(len(others), 1)) ** POWER
            * _rareness(term, number, usage, size)
            * len(term) ** 0.5
            * (VERB + (1 - VERB) * usage.noun(term))
            for term, number in found.texts.items()
            if number + beside[term] >= FEWEST and found.named[term] * 2 <= number and not people & set(term)
        }
        if chosen := _joined(list(_choose(weights, found.texts, usage, len(texts))), found.texts, usage, len(texts)):
            chosen = [_completed(term, read, found, usage) for term in chosen] if not fillers else chosen
            words = ", ".join(_usual(found.written[term]) for term in chosen)
            told = _undone(read, chosen, found.texts) or _told(read, chosen, usage, size)
            return _sentence(told or words)
    return ""


def _completed(term: _TERM, texts: Sequence[Text], found: _Found, usage: Usage) -> _TERM:
    """A single word with the noun before it without which few write it: "reçu fiscal", not "fiscal"."""
    if len(term) > 1:
        return term
    pairs = [
        {(first.key, last.key): f"{first.text} {last.text}" for first, last in _pairs(text) if last.key == term[0]}
        for text in texts
    ]
    before = Counter(both for some in pairs for both in some if usage.nouns.share(both[0]) > NOUN)
    best = max(before, key=lambda both: (before[both], both), default=term)
    if before[best] < max(FEWEST, MOSTLY * found.texts[term]):
        return term
    found.texts[best] = before[best]
    found.written[best] = Counter(some[best] for some in pairs if best in some)
    return best


def _pairs(text: Text) -> Iterator[tuple[Token, Token]]:
    """Words side by side of which the first is one that names no theme by itself."""
    return ((first, last) for part in text for first, last in pairwise(part) if first.filler and not first.small)


def _undone(texts: Sequence[Text], chosen: Sequence[_TERM], found: Mapping[_TERM, int]) -> str:
    """What people cannot do, where a verb names the theme, or a word that few of its people use; empty for nothing."""
    words = {key for term in chosen for key in term}
    weak = len(words) == 1 and found[chosen[0]] < HALF * len(texts)
    return unable(texts, words, freely=weak)


def _told(texts: Sequence[Text], chosen: Sequence[_TERM], usage: Usage, size: float) -> str:
    """What is wrong with the thing, unless the label says that already."""
    verbs = {key for term in chosen[1:] if usage.noun(term) <= NOUN for key in term}
    things = {key for term in chosen for key in term if key not in JOINTS} - verbs
    whole = len(chosen[0]) if len(chosen) == 1 else 1
    return tell(texts, things, verbs, whole, usage.texts, usage.nouns, size) if len(things) < LONGEST else ""


def count(texts: Sequence[str]) -> Usage:
    """How words are used in texts."""
    found: Counter[str] = Counter()
    every = [list(parts(text)) for text in texts]
    for some in every:
        found.update({" ".join(term) for term, *_ in _terms(some, fillers=True)})
    return Usage(found, Nouns(part for some in every for part in some))


def _rareness(term: _TERM, number: int, usage: Usage, size: float) -> float:
    return math.log(1 + size / max(usage.texts.get(" ".join(term), 0), number))


def _find(texts: Sequence[Text], *, fillers: bool) -> _Found:
    found = _Found()
    for text in texts:
        seen = set()
        for term, surface, name in _terms(text, fillers=fillers):
            found.written.setdefault(term, Counter())[surface] += 1
            if term not in seen:
                seen.add(term)
                found.texts[term] += 1
                found.named[term] += name
    return found


def _choose(weights: Mapping[_TERM, float], texts: Mapping[_TERM, int], usage: Usage, size: int) -> Iterator[_TERM]:
    """The best term, and the next one that shares no word with it if it weighs nearly as much.

    Beside a phrase it has to be a noun; beside a single word it may be what is done with that.
    """
    ranked = sorted(weights, key=lambda term: (-weights[term], term))
    if not ranked:
        return
    first = _lengthen(next((one for one in ranked if texts[one] >= USED * size), ranked[0]), ranked, texts)
    yield first
    others = (one for one in ranked if texts[one] >= SHARE * size and not _related(one, first))
    second = next((one for one in others if len(first) == 1 or usage.noun(one) > NOUN), None)
    if second is not None and weights[second] >= SECOND * weights[ranked[0]] and len(first) < LONGEST:
        longer = _lengthen(second, ranked, texts)
        yield second if set(longer) & set(first) else longer


def _related(one: _TERM, other: _TERM) -> bool:
    """Whether two terms share a word, or words of one family."""
    return any(a == b or (len(a) >= FAMILY and a[:FAMILY] == b[:FAMILY]) for a in one for b in other)


def _joined(terms: Sequence[_TERM], texts: Mapping[_TERM, int], usage: Usage, size: int) -> Sequence[_TERM]:
    """Two words as the phrase somebody wrote: "gate code" rather than "gate, code".

    A single word that is no phrase of several people is shown in one of a good share of them, if its other words are
    nouns that others use, too: else they would tell who wrote it.
    """
    wanted = {key for term in terms for key in term}
    whole = [term for term in texts if len(wanted) > 1 and wanted == set(term) - JOINTS]
    if whole:
        return [max(whole, key=lambda term: (texts[term], term))]
    first = terms[0] if terms else ()
    if len(first) == 1:
        least = max(PHRASE * size, FEWEST if size > FEW else 1)
        longer = [term for term in texts if first[0] in term and _is_phrase(term, usage) and texts[term] >= least]
        if longer:
            best = max(longer, key=lambda term: (texts[term], usage.noun(term), term))
            return [best]
    return terms


def _is_phrase(term: _TERM, usage: Usage) -> bool:
    words = [key for key in term if key not in JOINTS]
    return len(words) == 2 and all(usage.texts.get(key, 0) >= FEWEST and usage.nouns.share(key) > NOUN for key in words)


def _lengthen(term: _TERM, ranked: Sequence[_TERM], texts: Mapping[_TERM, int]) -> _TERM:
    """The longest phrase with all words of a term that enough of its texts have."""
    least = max(FEWEST, SHARE * texts[term])
    longer = [one for one in ranked if set(term) < set(one) and texts[one] >= least]
    if not longer:
        return term
    # And on: of those who say "point relais" most may say "point relais fermé".
    return _lengthen(max(longer, key=lambda one: (texts[one] * len(one), one)), ranked, texts)


def _terms(text: Text, *, fillers: bool) -> Iterator[tuple[_TERM, str, bool]]:
    """The terms of a text, each as it is written, and whether a word of it may be a name.

    The first and the last word of a term say something, and others only join them.
    """
    for part in text:
        for start, first in enumerate(part):
            if first.small:
                continue
            for end in range(start, min(start + LONGEST, len(part))):
                last = part[end]
                if (last.filler and not fillers) or (last.small and last.folded not in JOINTS):
                    break
                if not last.small:
                    words = part[start : end + 1]
                    written = " ".join([word.text for word in words]).replace("’ ", "’")
                    yield tuple([word.key for word in words]), written, any(word.name for word in words)


def _usual(written: Counter[str]) -> str:
    """A term as it is written most often, in lower case unless it is written in capitals."""
    best = max(written, key=lambda surface: (written[surface], surface))
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in best.split())


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
