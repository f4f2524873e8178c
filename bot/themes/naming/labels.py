"""Labels themes by class-based TF-IDF: with the nouns that many of a theme's people use, and few of the others.

Each theme is one class. A term's weight is the share of the theme's people who use it, times log(1 + A / f), where f
is the number of people of all classes who use it, and A the average number of people of a class (M. Grootendorst,
BERTopic, 2022, with people counted instead of occurrences, so that repeating a word has no effect), times how often
it is a noun.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field

from bot.themes.naming.compounds import complete
from bot.themes.naming.faults import correct, find_fault
from bot.themes.naming.inability import unable
from bot.themes.naming.nouns import Nouns
from bot.themes.naming.terms import JOINTS, LONGEST, Found, Term, find, lower_unless_capitals, mark, terms, write
from bot.themes.naming.tokens import Text, keys, parts
from storage.values import frozen

FEWEST = 2
"""The fewest people who must use a term: the words of a single person could reveal them."""
USED = 0.3
"""The share of a theme's people who should use the first term of its label."""
SHARE = 0.3
"""The least share of the best word's texts with a phrase for the phrase to be preferred."""
SECOND = 0.4
"""The least share of the first term's weight for a second term, which must be in `SHARE` of the texts."""
NOUN = 0.5
"""How often the second term must be a noun, from 0 to 1."""
PHRASE = 0.2
"""The least share of a theme's people who must use a phrase for it to be shown instead of its best word."""
HALF = 0.5
"""The share of a theme's people below which a single word is replaced by what they cannot do."""
FAMILY = 5
"""The number of equal first letters from which two words are related: "inscription" and "inscrire"."""
FEW = 4
"""The most people of a theme for a single person's phrase to be shown; of more, it may be about something else."""
POWER = 1.5
"""The exponent of the share of a theme's people, so that words of most people weigh more."""
VERB = 0.3
"""The weight factor of a term that is never a noun; one that always is has 1."""


@frozen
class Usage:
    """How words are used in the texts of all themes.

    Attributes:
        texts: by term, the number of texts that have it.
        nouns: how often words are nouns.
        read: by text, its words, for texts that were analysed before.
    """

    texts: Mapping[str, int]
    nouns: Nouns
    read: Mapping[str, Text] = field(default_factory=dict)

    def words(self, text: str) -> Text:
        """The words of a text, usually from `read`, since analysing texts takes most of the time."""
        return self.read.get(text) or list(parts(text))

    def noun(self, term: Term) -> float:
        """How often the words of a term are nouns, on average, from 0 to 1."""
        return sum(map(self.nouns.share, term)) / len(term)


def label(
    texts: Sequence[str], usage: Usage, size: float, names: Collection[str] = (), others: Sequence[str] = ()
) -> str:
    """The label of a theme, in words as people write them; empty when its texts share none.

    Args:
        texts: the theme's texts in one language, all of one person as one.
        usage: how words are used in all themes, from `count`.
        size: the average number of texts of a theme.
        names: names of people, which must not be in the label.
        others: the theme's texts in other languages; terms that these have as well, such as "SMS", weigh more.
    """
    people = {key for name in names for key in keys(name)}
    own, beside = ([mark(usage.words(text), people) for text in some] for some in (texts, others))
    for fillers in (False, True):
        found, too = find(own, fillers=fillers), find(beside, fillers=fillers).texts
        weights = {
            term: (number / len(texts) + too[term] / max(len(others), 1)) ** POWER
            * _rareness(term, number, usage, size)
            * len(term) ** 0.5
            * (VERB + (1 - VERB) * usage.noun(term))
            for term, number in found.texts.items()
            if number + too[term] >= FEWEST
        }
        if chosen := _joined(list(_choose(weights, found.texts, usage, len(texts))), found.texts, usage, len(texts)):
            chosen = [complete(term, own, found, usage.nouns) for term in chosen] if not fillers else chosen
            words = ", ".join(write(found.written[term]) for term in chosen)
            topics = [chosen, *([one] for one in _others(chosen, weights, found.texts, usage, len(texts)))]
            stated = (_with_fault(own, one, found, usage, size) for one in topics)
            best = _undone(own, chosen, found.texts) or next(filter(None, stated), "")
            return _sentence(lower_unless_capitals(best) or words)
    return ""


def _undone(texts: Sequence[Text], chosen: Sequence[Term], found: Mapping[Term, int]) -> str:
    """What people cannot do, if the label has the verb, or is one word that few of them use; else empty."""
    words = {key for term in chosen for key in term}
    weak = len(words) == 1 and found[chosen[0]] < HALF * len(texts)
    return unable(texts, words, freely=weak)


def _others(
    chosen: Sequence[Term], weights: Mapping[Term, float], texts: Mapping[Term, int], usage: Usage, size: int
) -> Iterator[Term]:
    """Further nouns of many of a theme's people, if its label has no phrase: a fault may be stated of one of these."""
    if all(len(term) == 1 for term in chosen):
        ranked = sorted(weights, key=lambda term: (-weights[term], term))
        many = (term for term in ranked if len(term) == 1 and texts[term] >= USED * size and term not in chosen)
        yield from (term for term in many if usage.noun(term) > NOUN)


def _with_fault(texts: Sequence[Text], chosen: Sequence[Term], found: Found, usage: Usage, size: float) -> str:
    """The topic with its predicate; empty if the label has it already, or no predicate is frequent enough."""
    first, alone = chosen[0], ""
    if len(chosen) == 1 and len(first) > 1:
        said = correct(texts, [key for key in first[:-1] if key not in JOINTS], first[-1])
        if said and len(said.split()) > len(first):
            return said
        if said is None and usage.nouns.share(first[-1]) <= NOUN and first[:-1] in found.written:
            first, alone = first[:-1], write(found.written[first[:-1]])
    verbs = {key for term in chosen[1:] if usage.noun(term) <= NOUN for key in term}
    topic_keys = {key for term in (first, *chosen[1:]) for key in term if key not in JOINTS} - verbs
    whole = len(first) if len(chosen) == 1 else 1
    if len(topic_keys) >= LONGEST:
        return alone
    return find_fault(texts, topic_keys, verbs, whole, usage.texts, usage.nouns, size) or alone


def count(texts: Sequence[str]) -> Usage:
    """Count how words are used in texts."""
    found: Counter[str] = Counter()
    read = {text: list(parts(text)) for text in dict.fromkeys(texts)}
    for text in texts:
        found.update({" ".join([word.key for word in words]) for words in terms(read[text], fillers=True)})
    return Usage(found, Nouns(part for text in texts for part in read[text]), read)


def _rareness(term: Term, number: int, usage: Usage, size: float) -> float:
    return math.log(1 + size / max(usage.texts.get(" ".join(term), 0), number))


def _choose(weights: Mapping[Term, float], texts: Mapping[Term, int], usage: Usage, size: int) -> Iterator[Term]:
    """The best term, and the next one that shares no word with it if it weighs nearly as much.

    Beside a phrase, the second term must be a noun; beside a single word, it may be a verb.
    """
    ranked = sorted(weights, key=lambda term: (-weights[term], term))
    if not ranked:
        return
    first = _lengthen(next((one for one in ranked if texts[one] >= USED * size), ranked[0]), ranked, texts)
    yield first
    if len(first) > 1 and usage.nouns.share(first[-1]) <= NOUN:
        return
    others = (one for one in ranked if texts[one] >= SHARE * size and not _related(one, first))
    second = next((one for one in others if len(first) == 1 or usage.noun(one) > NOUN), None)
    if second is not None and weights[second] >= SECOND * weights[ranked[0]] and len(first) < LONGEST:
        longer = _lengthen(second, ranked, texts)
        yield second if set(longer) & set(first) else longer


def _related(one: Term, other: Term) -> bool:
    """Whether two terms share a word, or related words."""
    return any(a == b or (len(a) >= FAMILY and a[:FAMILY] == b[:FAMILY]) for a in one for b in other)


def _joined(terms: Sequence[Term], texts: Mapping[Term, int], usage: Usage, size: int) -> Sequence[Term]:
    """Two terms as one phrase that somebody wrote: "gate code" instead of "gate, code".

    A single word is extended to a phrase that enough people use, if both its words are nouns that several people use:
    otherwise the phrase could reveal who wrote it.
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


def _is_phrase(term: Term, usage: Usage) -> bool:
    words = [key for key in term if key not in JOINTS]
    return len(words) == 2 and all(usage.texts.get(key, 0) >= FEWEST and usage.nouns.share(key) > NOUN for key in words)


def _lengthen(term: Term, ranked: Sequence[Term], texts: Mapping[Term, int]) -> Term:
    """The longest phrase with all words of a term that is in enough of the term's texts."""
    least = max(FEWEST, SHARE * texts[term])
    longer = [one for one in ranked if set(term) < set(one) and texts[one] >= least]
    if not longer:
        return term
    # Repeated, since most who say "point relais" may say "point relais fermé".
    return _lengthen(max(longer, key=lambda one: (texts[one] * len(one), one)), ranked, texts)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
