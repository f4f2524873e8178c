"""Groups questions that mean the same, across languages.

The similarity of two questions is the cosine of their vectors, or four fifths of that and a fifth of the cosine of
their words within one language, less the mean cosine of each with its neighbours, since some questions are near
everything asked in a field. Groups are made by average linkage. The first question of a group is the wording that most
people used, or else the most central one. `tests/endurance/test_waiting_groups.py` measures the groups.
"""

from collections.abc import Sequence

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.text.comparison.wording import Change, compare
from bot.language.text.normalise import normalise
from bot.language.text.splitting import WORD
from bot.language.text.terms import Terms
from bot.language.text.words import Word, read
from storage.values import frozen

NEARLY_THE_SAME = 0.75
"""The cosine from which a swapped word makes two questions different, as with a bus on Sunday or on Monday (0.9).
Below, other words differ as well, so that both words may mean the same."""
NEIGHBOUR_RANKS = slice(4, 20)
"""The ranks of neighbours that are usually only about the same field."""
ALONE = 0.5
"""The cosine that stands for missing neighbours."""
FEW, MANY = 25, 300
"""The number of questions up to which the higher level applies, and that from which the lower one does."""
MOST_LIKELY, LIKELY = 15, 0.3
"""The most questions listed as perhaps the same as one, and how far below the level they may be."""
MOST_NEAR, NEAR = 6, 0.05
"""The most questions listed as nearly the same as one, and how far below the level they may be: about a third mean the
same. With a lower level, more people of other groups would be told an answer; `tests/endurance/test_waiting_groups.py`
measures both.
"""


@frozen
class Levels:
    """The similarity from which questions are grouped: higher among few questions, whose neighbours often differ."""

    few: float
    many: float

    def of(self, total: int) -> float:
        """The level for this number of questions, interpolated by its logarithm."""
        place = np.log(min(max(total, FEW), MANY) / FEW) / np.log(MANY / FEW)
        return self.few + (self.many - self.few) * float(place)


WORDED = 0.2
"""The weight of words in the similarity of two questions in one language."""
MEANING, WORDS = Levels(0.225, 0.08), Levels(0.12, 0.06)
"""The levels for vectors of an encoder (`Can I bring my dog?` has a cosine of 0.75 with its French translation), and
for words alone."""
Texts = Sequence[tuple[str, str]]
"""Questions, each with its language, since words are only compared within one language."""


class Likeness:
    """The similarities of questions.

    Args:
        texts: the questions.
        encoder: None to compare by words alone.
        languages: the languages of the stems.
        people: by question, the number of people who asked it in these words; by default one each.
    """

    def __init__(
        self, texts: Texts, encoder: Encoder | None, languages: tuple[str, ...], people: Sequence[int] = ()
    ) -> None:
        self._languages = [language for _, language in texts]
        self._people = people or [1] * len(texts)
        self._words: list[tuple[Word, ...]] = [read(text) for text, _ in texts]
        self._cosines = cosines = _cosines(texts, encoder, languages)
        self._nearly = -1 if encoder is None else NEARLY_THE_SAME
        hubness = _hubness(cosines)
        self.shares: Array = cosines - (hubness[:, None] + hubness[None, :]) / 2
        self.level = (WORDS if encoder is None else MEANING).of(len(texts))

    def joined(self) -> list[list[int]]:
        """The groups by similarity alone, as lists of numbers."""
        total = len(self.shares)
        if total == 1:
            return [[0]]
        distances = np.maximum(1 - self.shares, 0)
        np.fill_diagonal(distances, 0)
        tree = linkage(squareform(distances, checks=False), "average")
        labels = fcluster(tree, 1 - self.level, "distance")
        found: dict[int, list[int]] = {}
        for at in range(total):
            found.setdefault(int(labels[at]), []).append(at)
        return list(found.values())

    def led(self, joined: Sequence[int]) -> list[int]:
        """A group sorted by the number of people who asked, then by similarity to the others."""
        near = self.shares[np.ix_(joined, joined)].sum(axis=1) - self.shares[joined, joined]
        places = np.lexsort((-near.round(6), [-self._people[at] for at in joined]))
        return [joined[place] for place in places]

    def parted(self, joined: Sequence[int]) -> list[list[int]]:
        """A group, split where changed words make questions different."""
        groups: list[list[int]] = []
        for at in joined:
            near = [some for some in groups if self.same(at, some[0])]
            found = max(near, key=lambda some: self.shares[at, some[0]], default=None)
            if found is None:
                groups.append([at])
            else:
                found.append(at)
        return groups

    def same(self, one: int, other: int) -> bool:
        """Whether no changed word makes two similar questions different."""
        if self._languages[one] != self._languages[other]:
            return True
        change = compare(self._words[one], self._words[other]).change
        swapped = change is Change.SWAPPED and self._cosines[one, other] >= self._nearly
        return not swapped and change is not Change.DECISIVE


def group(
    texts: Texts, encoder: Encoder | None, languages: tuple[str, ...], people: Sequence[int] = ()
) -> list[list[int]]:
    """Group texts that mean the same.

    Args:
        texts, encoder, languages, people: as for `Likeness`.

    Returns:
        The groups as lists of numbers of texts, each beginning with the text that most people asked.
    """
    if not texts:
        return []
    likeness = Likeness(texts, encoder, languages, people)
    return sorted(part for some in likeness.joined() for part in likeness.parted(likeness.led(some)))


def find_related(
    texts: Texts, encoder: Encoder | None, languages: tuple[str, ...], people: Sequence[int] = ()
) -> tuple[list[int], list[int], list[int]]:
    """Find the texts related to the first one.

    Args:
        texts, encoder, languages, people: as for `Likeness`.

    Returns:
        The numbers of the texts that mean the same, of those that nearly do, and of those that may; the nearest first.
    """
    if not texts:
        return [], [], []
    likeness = Likeness(texts, encoder, languages, people)
    joined = next(some for some in likeness.joined() if some[0] == 0)
    own = likeness.parted([0, *likeness.led(joined[1:])])[0]
    shares = likeness.shares[own].mean(axis=0)
    rest = [at for at in np.argsort(-shares, kind="stable").tolist() if at not in own]
    likely = [at for at in rest if shares[at] >= likeness.level - LIKELY][:MOST_LIKELY]
    # A question that one changed word makes different does not get the same answer.
    near = [at for at in likely if shares[at] >= likeness.level - NEAR and likeness.same(at, 0)][:MOST_NEAR]
    return own[1:], near, [at for at in likely if at not in near]


def _hubness(cosines: Array) -> Array:
    """By text, the mean cosine of its neighbours at the ranks `NEIGHBOUR_RANKS`."""
    others = cosines.copy()
    np.fill_diagonal(others, -1)
    near = -np.sort(-others, axis=1)[:, : len(others) - 1]
    room = np.full((len(others), NEIGHBOUR_RANKS.stop), ALONE)
    room[:, : near.shape[1]] = near[:, : NEIGHBOUR_RANKS.stop]
    found: Array = (-np.sort(-room, axis=1))[:, NEIGHBOUR_RANKS].mean(axis=1)
    return found


def _cosines(texts: Texts, encoder: Encoder | None, languages: tuple[str, ...]) -> Array:
    said, spoken = [text for text, _ in texts], np.array([language for _, language in texts])
    words = _worded(said, languages)
    if encoder is None:
        return words
    rows = encoder.encode(said)
    meaning = np.asarray(rows @ rows.T)
    return np.where(spoken[:, None] == spoken[None, :], (1 - WORDED) * meaning + WORDED * words, meaning)


def _worded(texts: Sequence[str], languages: tuple[str, ...]) -> Array:
    """The cosines of texts by their words, n × n."""
    terms = Terms([normalise(text) if WORD.search(normalise(text)) else "?" for text in texts], languages).rows
    return np.asarray((terms @ terms.T).todense())
