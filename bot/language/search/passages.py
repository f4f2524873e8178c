"""Scores answers by their own words: BM25 over title and body (S. Robertson and H. Zaragoza, 2009)."""

import math
import re
from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from bot.language.arrays import Array
from bot.language.text.counting import Counts, count
from bot.language.text.normalise import normalise
from bot.language.text.splitting import WORD

MOST_SENTENCES, MOST_CHARACTERS = 12, 300
"""The most sentences of an answer that are compared, and the most characters of each."""
SHORTEST_SENTENCE = 20
MOST_PHRASINGS = 20
"""The most phrasings of an answer whose words are compared."""
MOST_READ = 20_000
"""The most characters of an answer that are read."""
SATURATION, LENGTH_SHARE = 1.2, 0.75
"""The usual parameters of BM25, k1 and b: saturation by repeated words, and normalisation by length."""
UNTOLD = 0.5
"""The result of `lack` for an answer with none of the words, since the question may be in another language."""
_BREAKS = re.compile(r"(?<=[.!?:;])\s+|\n+|•|- ")


class Passages:
    """The words of answers.

    Args:
        titles: by answer, its first phrasing.
        bodies: by answer, its text.
        tokenise: gives a normalised text's stems.
    """

    def __init__(self, titles: Sequence[str], bodies: Sequence[str], tokenise: Callable[[str], list[str]]) -> None:
        self._tokenise = tokenise
        # The title's words count twice, since they say most of what the answer is about.
        texts = [f"{title}\n{title}\n{body[:MOST_READ]}".lower() for title, body in zip(titles, bodies, strict=True)]
        found = count(texts, WORD.findall, lambda word: tokenise(normalise(word)))
        rare = np.bincount(found.columns, minlength=len(found.terms))
        self._known = {word: at for at, word in enumerate(found.terms)}
        self._weights = np.log(1 + (len(texts) - rare + 0.5) / (rare + 0.5)).tolist()
        self._unseen = math.log(1 + (len(texts) + 0.5) / 0.5)
        self._rows = _saturated(found, len(texts)).T.tocsr()

    def weigh(self, questions: Sequence[str]) -> Array:
        """Questions × answers: the score as a share of the highest possible, from 0 to 1, for normalised questions."""
        rows, most = [], []
        for question in questions:
            words = set(self._tokenise(question))
            found = {self._known[word]: self._weights[self._known[word]] for word in words if word in self._known}
            rows.append(found)
            most.append((sum(found.values()) + self._unseen * (len(words) - len(found))) * (1 + SATURATION) or 1)
        asked = _sparse(rows, len(self._known))
        shares: Array = (asked @ self._rows).toarray() / np.array(most)[:, None]
        return shares

    def lack(self, question: str, answer: int, phrasings: Sequence[str]) -> float:
        """The rarity of the rarest word of a question that an answer lacks: 0 for none, 1 for a word that no text has.

        Args:
            question: a normalised question.
            answer: the number of the answer.
            phrasings: all phrasings of the answer.
        """
        words = set(self._tokenise(question))
        held = {word for word in words if word in self._known and self._rows[self._known[word], answer] > 0}
        left = words - held
        if left and len(phrasings) > 1:
            asked = {stem for text in phrasings[:MOST_PHRASINGS] for stem in self._tokenise(normalise(text))}
            held, left = held | (left & asked), left - asked
        if not held:
            return UNTOLD
        rarest = max(
            (self._weights[self._known[word]] if word in self._known else self._unseen for word in left), default=0
        )
        return float(rarest / self._unseen)


def split(body: str) -> list[str]:
    """The sentences of an answer that are longer than `SHORTEST_SENTENCE`, at most `MOST_SENTENCES`."""
    parts = (part.strip()[:MOST_CHARACTERS] for part in _BREAKS.split(body[:MOST_READ]))
    return [part for part in parts if len(part) > SHORTEST_SENTENCE][:MOST_SENTENCES]


def _saturated(found: Counts, total: int) -> csr_matrix:
    """The saturated term frequencies of BM25, texts × stems, normalised by the texts' lengths."""
    lengths = np.bincount(found.owners, found.times, total)
    share = (lengths / (lengths.mean() or 1))[found.owners]
    values = found.times * (1 + SATURATION) / (found.times + SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * share))
    return csr_matrix((values, (found.owners, found.columns)), shape=(total, len(found.terms)))


def _sparse(rows: Sequence[dict[int, float]], columns: int) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    at = np.fromiter((column for row in rows for column in row), int, ends[-1])
    values = np.fromiter((value for row in rows for value in row.values()), float, ends[-1])
    return csr_matrix((values, at, ends), shape=(len(rows), columns))
