"""Corrects the confidence in the best answers: by equal phrasings, changed words, and earlier refusals."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.search.material import Entry
from bot.language.search.refusals import Refusals
from bot.language.text.comparison.opposites import oppose
from bot.language.text.comparison.wording import Change, Comparison, compare, negated, negates
from bot.language.text.frame import take_out, unframe
from bot.language.text.normalise import question_key
from bot.language.text.words import Word, read
from storage.values import frozen

CERTAIN = 0.99
"""The confidence in an answer one of whose phrasings was asked word for word."""
MOST_CHANGED: Mapping[Change, float] = {Change.DECISIVE: 0.5, Change.SWAPPED: 0.55, Change.NARROWED: 0.96}
"""By change, the most confidence: below the threshold of an answer, or of one given unasked."""
SYNONYMOUS = 0.6
"""The cosine of two words from which one may stand for the other."""
SEVERAL, COMPARED = 3, 20
"""The number of phrasings from which their words are compared together, and the most phrasings that are read."""
JUDGED = 5
"""The number of best answers that are compared word for word."""


@frozen
class Usage:
    """The words of an answer with several phrasings.

    Attributes:
        known: the forms of all words.
        core: the words that at least half of the phrasings have.
        negated: whether some phrasings have a negation, and whether all have.
    """

    known: frozenset[str]
    core: tuple[Word, ...]
    negated: tuple[bool, bool]

    @classmethod
    def of(cls, phrasings: Sequence[Sequence[Word]]) -> "Usage":
        """The words of phrasings."""
        times = Counter(word for words in phrasings for word in set(words))
        core = tuple(word for word, count in times.items() if count * 2 >= len(phrasings))
        signs = [negates(words) for words in phrasings]
        return cls(frozenset().union(*(word.forms for word in times)), core, (any(signs), all(signs)))

    def contradicts(self, question: Sequence[Word]) -> bool:
        """Whether a question has the opposite of a core word, or differs from all phrasings in having a negation."""
        added = [word for word in question if word.forms.isdisjoint(self.known)]
        if any(oppose(one.forms, other.forms) for one in added for other in self.core):
            return True
        some, every = self.negated
        return (not some and negated(question, ())) or (every and not negates(question))


class Verifier:
    """Corrects the confidence in the best answers.

    Args:
        entries: the answers.
        refusals: the answers refused before.
        encoder: tells whether a swapped word is a synonym; None to count none as one.

    Attributes:
        refusals: the answers refused before.
    """

    def __init__(self, entries: Sequence[Entry], refusals: Refusals, encoder: Encoder | None) -> None:
        self._entries, self.refusals, self._encoder = entries, refusals, encoder
        self._keys: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(entries):
            for text in entry.asked:
                self._keys[question_key(text)].add(number)
        self._read: dict[int, list[tuple[Word, ...]] | Usage] = {}

    def refuse(self, refusals: Refusals) -> None:
        """Replace the refusals by newer ones."""
        self.refusals = refusals

    def judge(self, question: str, vector: Array | None, scores: Mapping[int, float]) -> dict[int, float]:
        """The corrected confidence, by number of the answer.

        Args:
            question: the question as it was asked.
            vector: its vector; None without an encoder.
            scores: by number of an answer, the confidence, the best first.
        """
        key = question_key(unframe(question))
        exact = self._keys.get(key, set())
        words = read(take_out(question))
        found = {
            answer: score if answer in exact or at >= JUDGED else min(score, self._most(words, answer, score))
            for at, (answer, score) in enumerate(scores.items())
        }
        if exact:
            rest = {answer: min(score, 1 - CERTAIN) for answer, score in found.items()}
            found = {**rest, **dict.fromkeys(exact, CERTAIN / len(exact))}
        most = self.refusals.most(key, vector, list(found), exact)
        return {answer: min(score, most.get(answer, 1.0)) for answer, score in found.items()}

    def _most(self, question: tuple[Word, ...], answer: int, score: float) -> float:
        """The upper limit of the confidence in an answer, by the words that differ between question and phrasings."""
        if score <= min(MOST_CHANGED.values()):
            return 1.0
        phrasings = self._words(answer)
        if isinstance(phrasings, Usage):
            return MOST_CHANGED[Change.DECISIVE] if phrasings.contradicts(question) else 1.0
        changes = [compare(question, phrasing) for phrasing in phrasings]
        if any(one.change is Change.NONE for one in changes):
            return 1.0
        return min(self._most_of(one) for one in changes)

    def _most_of(self, one: Comparison) -> float:
        if one.change is Change.SWAPPED and self._encoder is not None:
            rows = self._encoder.encode([*one.added, *one.missing])
            if rows[0] @ rows[1] >= SYNONYMOUS:
                return MOST_CHANGED[Change.NARROWED]
        return MOST_CHANGED.get(one.change, 1.0)

    def _words(self, answer: int) -> list[tuple[Word, ...]] | Usage:
        if answer not in self._read:
            phrasings = [read(take_out(text)) for text in self._entries[answer].phrasings[:COMPARED]]
            self._read[answer] = phrasings if len(phrasings) < SEVERAL else Usage.of(phrasings)
        return self._read[answer]
