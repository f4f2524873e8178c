"""Finds pairs of answers: duplicates, contradictions, and pairs whose questions differ by one decisive word."""

from collections.abc import Iterator, Mapping, Sequence

from bot.language.search.candidate import Candidate
from bot.language.text.comparison.wording import Change
from bot.language.text.comparison.wording import compare as compare_words
from bot.language.text.excerpt import excerpt
from bot.language.text.frame import take_out
from bot.language.text.normalise import normalise
from bot.language.text.words import Word, read
from storage.models import Answer
from storage.values import frozen

SAME_TEXT = 92.0
"""The least similarity of two texts, from 0 to 100, that counts as saying the same."""
MOST_COMPARED = 3_000
"""The most answers whose texts are compared with each other, the newest ones: all pairs are kept in memory."""
MOST_CHARACTERS = 60
"""The most characters of a question in a line."""


@frozen
class Pair:
    """Two answers, with a question of each."""

    id: str
    other: str
    question: str
    other_question: str

    def __str__(self) -> str:
        mine, theirs = excerpt(self.question, MOST_CHARACTERS), excerpt(self.other_question, MOST_CHARACTERS)
        return f"{self.id} “{mine}” and {self.other} “{theirs}”"


@frozen
class Likeness:
    """The pairs of answers found."""

    duplicates: Sequence[Pair]
    contradictions: Sequence[Pair]
    opposites: Sequence[Pair]


def compare(
    answers: Mapping[int, Answer], asked: Sequence[tuple[int, str]], found: Sequence[Sequence[Candidate]]
) -> Likeness:
    """Compare answers by their texts, and by the questions that find each other.

    Args:
        asked: the phrasings, each with its answer's id.
        found: by phrasing, the answers that a search for it finds.
    """
    phrasings: dict[int, list[str]] = {}
    for own, text in asked:
        phrasings.setdefault(own, []).append(text)
    near = _Neighbours(answers, phrasings, set(_alike(answers)))
    told = [
        near.judge(own, text, one.answer_id) for (own, text), best in zip(asked, found, strict=True) for one in best
    ]
    pairs: dict[Change, dict[frozenset[str], Pair]] = {Change.NONE: {}, Change.DECISIVE: {}}
    for judged in filter(None, told):
        change, pair = judged
        pairs[change].setdefault(frozenset((pair.id, pair.other)), pair)
    duplicates = [near.pair(one, other) for one, other in sorted(near.alike) if {one, other} <= phrasings.keys()]
    return Likeness(duplicates, list(pairs[Change.NONE].values()), list(pairs[Change.DECISIVE].values()))


@frozen
class _Neighbours:
    """Answers that a search finds together.

    Attributes:
        alike: the pairs that say the same.
    """

    answers: Mapping[int, Answer]
    phrasings: Mapping[int, Sequence[str]]
    alike: set[tuple[int, int]]

    def judge(self, own: int, text: str, other: int) -> tuple[Change, Pair] | None:
        """Whether a question is another answer's too, or its opposite; None when it is neither."""
        same_language = own != other and self.answers[own].language == self.answers[other].language
        if not same_language or (min(own, other), max(own, other)) in self.alike:
            return None
        words = _words(text)
        for theirs in self.phrasings.get(other, ()):
            change = compare_words(words, _words(theirs)).change
            if change in (Change.NONE, Change.DECISIVE):
                names = (self.answers[own].external_id, self.answers[other].external_id)
                return change, Pair(*names, text, theirs)
        return None

    def pair(self, own: int, other: int) -> Pair:
        """Two answers by their first questions."""
        return Pair(
            self.answers[own].external_id,
            self.answers[other].external_id,
            self.phrasings[own][0],
            self.phrasings[other][0],
        )


def _alike(answers: Mapping[int, Answer]) -> Iterator[tuple[int, int]]:
    """The pairs of answers that say the same, the lower id first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 3 MiB for who asks

    ids = sorted(answers)[-MOST_COMPARED:]
    texts = [normalise(answers[own].text) for own in ids]
    table = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=SAME_TEXT)
    for one, row in enumerate(table):
        yield from ((ids[one], ids[other]) for other in row.nonzero()[0] if other > one)


def _words(text: str) -> tuple[Word, ...]:
    return read(take_out(text))
