"""What the answers' own words say to a question: BM25 over title and body."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from bot.language.arrays import Array
from bot.language.text.normalise import normalise
from bot.language.text.terms import WORD

MOST_SENTENCES, MOST_CHARACTERS = 12, 300
"""Of an answer, the sentences that are compared, and the characters of each."""
SHORTEST_SENTENCE = 20
MOST_READ = 20_000
"""Characters of an answer that are read."""
SATURATION, LENGTH_SHARE = 1.2, 0.75
"""The usual parameters of BM25: how soon more of a word stops to count, and how much a text's length does."""
TITLE_WEIGHT = 2
_BREAKS = re.compile(r"(?<=[.!?:;])\s+|\n+|•|- ")


class Passages:
    """The words of answers.

    Args:
        titles: by answer, its first phrasing.
        bodies: by answer, its text.
        tokenise: a normalised text's stems.
    """

    def __init__(self, titles: Sequence[str], bodies: Sequence[str], tokenise: Callable[[str], list[str]]) -> None:
        self._tokenise = tokenise
        self._known_stems: dict[str, Sequence[str]] = {}
        counts = [self._count(title, body) for title, body in zip(titles, bodies, strict=True)]
        rare = Counter(word for count in counts for word in count)
        self._known = {word: at for at, word in enumerate(rare)}
        self._weights = [math.log(1 + (len(counts) - n + 0.5) / (n + 0.5)) for n in rare.values()]
        self._unseen = math.log(1 + (len(counts) + 0.5) / 0.5)
        self._rows = self._weigh(counts).T.tocsr()
        self._known_stems.clear()

    def weigh(self, questions: Sequence[str]) -> Array:
        """By normalised question and answer, from 0 to 1: the share of the most a text could score."""
        rows, most = [], []
        for question in questions:
            words = set(self._tokenise(question))
            found = {self._known[word]: self._weights[self._known[word]] for word in words if word in self._known}
            rows.append(found)
            most.append((sum(found.values()) + self._unseen * (len(words) - len(found))) * (1 + SATURATION) or 1)
        asked = _sparse(rows, len(self._known))
        shares: Array = (asked @ self._rows).toarray() / np.array(most)[:, None]
        return shares

    def _count(self, title: str, body: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for text, weight in ((title, TITLE_WEIGHT), (body[:MOST_READ], 1)):
            for word, times in Counter(WORD.findall(text.lower())).items():
                for stem in self._stems(word):
                    found[stem] += times * weight
        return found

    def _stems(self, word: str) -> Sequence[str]:
        """A word's stems; texts repeat their words, so each is normalised once."""
        if word not in self._known_stems:
            self._known_stems[word] = self._tokenise(normalise(word))
        return self._known_stems[word]

    def _weigh(self, counts: Sequence[Counter[str]]) -> csr_matrix:
        lengths = [count.total() for count in counts]
        mean = sum(lengths) / len(lengths) or 1
        return _sparse(
            [
                {self._known[word]: _saturate(times, length / mean) for word, times in count.items()}
                for count, length in zip(counts, lengths, strict=True)
            ],
            len(self._known),
        )


def split(body: str) -> list[str]:
    """The sentences of an answer that are long enough to say something."""
    parts = (part.strip()[:MOST_CHARACTERS] for part in _BREAKS.split(body[:MOST_READ]))
    return [part for part in parts if len(part) > SHORTEST_SENTENCE][:MOST_SENTENCES]


def _saturate(times: int, length: float) -> float:
    return times * (1 + SATURATION) / (times + SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length))


def _sparse(rows: Sequence[dict[int, float]], columns: int) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    at = np.fromiter((column for row in rows for column in row), int, ends[-1])
    values = np.fromiter((value for row in rows for value in row.values()), float, ends[-1])
    return csr_matrix((values, at, ends), shape=(len(rows), columns))
