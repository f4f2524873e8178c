"""Finds the texts nearest in their words, by the cosine of TF-IDF vectors, where there is no encoder.

It is an inverted index: by term, it lists the texts that have it, so that a text is added or removed by its own terms
alone. The vectors are those of `bot.language.text.terms`, but no weight is stored: weights are computed from the
present lists. With fewer texts than `MANY` it needs neither numpy nor scipy, whose import takes 40 MiB.
"""

import math
from array import array
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from threading import Lock

from bot.language.search.alike.near import HUBNESS_WEIGHT, NEIGHBOURS, Near, hubness
from bot.language.search.alike.sharing import Few, Many, Sharing
from bot.language.text.normalise import has_words, normalise
from bot.language.text.splitting import Splitter

FLOOR, UNRELATED = 0.42, 0.05
"""The cosine from which texts are near, and that of unrelated texts, as in `meanings`."""
REST = 0.12
"""The share of a query's squared weight, in its most frequent terms, that is not looked up at first."""
MARGIN = 1.5
"""The factor by which a cosine may exceed its estimate, so that no near text is missed."""
MOST_NEIGHBOURS = 64
"""The number of texts whose cosines are computed for the hubness."""
MANY = 4_000
"""The number of texts from which numpy is used: Python would take more than 5 ms."""
SMALL_CORPUS = 100
"""As in `bot.language.text.terms`."""

Counts = Mapping[str, int]
Weights = Mapping[str, float]


class Wordings:
    """An index over words; see `Alike`."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._splitter = Splitter(languages)
        self._terms: dict[int, Sequence[Sequence[str]]] = {}
        """By text, its distinct terms of each kind."""
        self._repeated: dict[int, Counts] = {}
        """By text, the number of times of terms that it has more than once."""
        self._having: dict[str, array[int]] = {}
        """By term, the slots of the texts that have it."""
        self._slots: dict[int, int] = {}
        self._texts: list[int] = []
        """By slot, the text in it; entries of free slots are not used."""
        self._lengths = array("d")
        """By slot, the length of the text: the square root of its number of distinct n-grams."""
        self._free: list[int] = []
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._terms)

    def add(self, texts: Mapping[int, str]) -> None:
        """Add texts that are not in it; texts without words are left out."""
        for own, text in texts.items():
            if has_words(text):
                self.take(own, self._count(text))

    def take(self, own: int, counts: Sequence[Counts]) -> None:
        """Add a text that is not in it, by its counted terms."""
        with self._lock:
            self._terms[own] = tuple(map(tuple, counts))
            if repeated := {term: times for terms in counts for term, times in terms.items() if times > 1}:
                self._repeated[own] = repeated
            slot = self._slots[own] = self._occupy(own, math.sqrt(len(counts[0])) or 1.0)
            for terms in counts:
                for term in terms:
                    having = self._having.get(term)
                    if having is None:
                        having = self._having[term] = array("i")
                    having.append(slot)

    def _occupy(self, own: int, length: float) -> int:
        """Give a text a slot, a free one if there is any."""
        if not self._free:
            self._texts.append(own)
            self._lengths.append(length)
            return len(self._texts) - 1
        slot = self._free.pop()
        self._texts[slot], self._lengths[slot] = own, length
        return slot

    def remove(self, ids: Collection[int]) -> None:
        """Remove texts, and the terms that no other text has, so that none of their words is left in memory."""
        for own in ids:
            with self._lock:
                self._repeated.pop(own, None)
                slot = self._slots.pop(own, -1)
                if slot >= 0:
                    self._free.append(slot)
                for term in (term for terms in self._terms.pop(own, ()) for term in terms):
                    having = self._having[term]
                    having.remove(slot)
                    if not having:
                        del self._having[term]

    def compare(self, text: str) -> tuple[Sequence[int], Sequence[float]]:
        """The ids of all texts, and their cosines with this one."""
        counts = self._count(text)
        with self._lock:
            sought = self._weigh(counts)
            return list(self._terms), self._cosines(sought, self._terms)

    def search(self, text: str, most: int) -> list[Near]:
        """The texts that are near, the nearest first."""
        return self._nearest(self._count(text), most)

    def nearest(self, counted: Sequence[Sequence[Counts]], most: Sequence[int]) -> list[list[Near]]:
        """For each of these counted texts, the texts that are near, the nearest first."""
        return [self._nearest(counts, count) for counts, count in zip(counted, most, strict=True)]

    def _nearest(self, counts: Sequence[Counts], most: int) -> list[Near]:
        with self._lock:
            sought = self._weigh(counts)
            shared, rest = self._look_up(sought)
            if shared is None or shared.largest() + rest < FLOOR**2:
                return []
            cosines = self._cosines_of(sought, self._likely(sought, counts, shared, rest))
            if not any(cosine >= FLOOR for cosine in cosines.values()):
                return []
            floor = FLOOR + HUBNESS_WEIGHT * hubness(self._neighbours(sought, shared, cosines), UNRELATED)
        found = [Near(own, cosine) for own, cosine in cosines.items() if cosine >= floor]
        return sorted(found, key=lambda near: -near.cosine)[:most]

    def express(self, texts: Sequence[str]) -> list[tuple[Counts, ...]]:
        """The counted terms of texts, for each kind."""
        return [self._count(text) for text in texts]

    def _count(self, text: str) -> tuple[Counts, ...]:
        return tuple(Counter(terms) for terms in self._splitter.split(normalise(text)))

    def _look_up(self, sought: Weights) -> tuple[Sharing | None, float]:
        """The sums of the squared weights of shared terms, and the sum for the terms that were not looked up.

        The root of both together is an upper bound of the cosine. The first is None where that is always below `FLOOR`.
        """
        rest = sum(weight * weight for weight in sought.values())
        if rest < FLOOR**2:
            return None, rest
        listed = []
        for slots, weight in sorted(((self._having[term], weight) for term, weight in sought.items()), key=_number):
            if rest < REST:
                break
            square = weight * weight
            rest -= square
            listed.append((slots, square))
        return (Few if len(self) < MANY else Many)(listed, self._lengths), rest

    def _likely(self, sought: Weights, counts: Sequence[Counts], shared: Sharing, rest: float) -> list[int]:
        """The slots of the texts that may be near, by the upper bound of their cosine and by its estimate.

        The estimate assumes that a text's terms have the same average weight as the query's.
        """
        known = [sought[term] for term in counts[0] if term in sought]
        length = math.sqrt(0.5 * len(known)) / math.hypot(*known) if known else math.inf
        least, lengths, texts = FLOOR / MARGIN / length, self._lengths, self._texts
        # Most share too little of the terms looked up; for the others, the frequent terms are looked up, too.
        enough = shared.near(FLOOR**2, least, rest)
        return [slot for slot in enough if self._shared(texts[slot], sought) >= least * lengths[slot]]

    def _shared(self, own: int, sought: Weights) -> float:
        """The sum of the squared weights of the query's terms that a text has."""
        return sum(sought[term] ** 2 for terms in self._terms[own] for term in terms if term in sought)

    def _neighbours(self, sought: Weights, shared: Sharing, known: Mapping[int, float]) -> list[float]:
        """The highest cosines, the highest first, as many as `hubness` uses.

        Args:
            known: by text, cosines that were computed before.
        """
        nearest = shared.nearest(MOST_NEIGHBOURS)
        others = self._cosines_of(sought, [slot for slot in nearest if self._texts[slot] not in known])
        cosines = [known.get(own, others.get(own, 0.0)) for own in (self._texts[slot] for slot in nearest)]
        return [*sorted(cosines, reverse=True), *[0.0] * (min(len(self), NEIGHBOURS.stop) - len(cosines))]

    def _cosines_of(self, sought: Weights, slots: Sequence[int]) -> dict[int, float]:
        """The cosines of the texts in these slots, by text."""
        texts = [self._texts[slot] for slot in slots]
        return dict(zip(texts, self._cosines(sought, texts), strict=True))

    def _weigh(self, counts: Sequence[Counts]) -> dict[str, float]:
        """The weights of a text's known terms, scaled so that, with unseen terms, all squares would add up to 1."""
        having, log = self._having, math.log
        usual = 1 + log(1 + len(self))
        unseen = 1 + log((1 + max(len(self), SMALL_CORPUS)) / 2)
        found: dict[str, float] = {}
        for terms in counts:
            known, square = {}, 0.0
            for term, times in terms.items():
                texts = having.get(term)
                weight = usual - log(1 + len(texts)) if texts else unseen
                if times > 1:
                    weight *= 1 + log(times)
                square += weight * weight
                if texts:
                    known[term] = weight
            scale = math.sqrt(0.5 / square) if square else 0.0
            for term, weight in known.items():
                found[term] = weight * scale
        return found

    def _cosines(self, sought: Weights, which: Collection[int]) -> list[float]:
        """The cosines of some of the texts."""
        having, log = self._having, math.log
        usual = 1 + log(1 + len(self))
        found = []
        for own in which:
            repeated, cosine = self._repeated.get(own, {}), 0.0
            for terms in self._terms[own]:
                weights = {term: usual - log(1 + len(having[term])) for term in terms}
                for term in repeated.keys() & weights.keys():
                    weights[term] *= 1 + log(repeated[term])
                product = sum(weights[term] * sought[term] for term in weights.keys() & sought.keys())
                cosine += product / (math.hypot(*weights.values()) or 1.0)
            found.append(cosine * math.sqrt(0.5))
        return found


def _number(listed: "tuple[array[int], float]") -> int:
    return len(listed[0])
