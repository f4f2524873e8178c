"""Groups questions that mean the same, in whatever language they are asked.

How alike two questions are is the cosine of their vectors, and a fifth that of their words, less what each has with its
neighbours on average: some questions are near everything that is asked in a field. Groups are joined by average
linkage, and led by the wording most people used, or else by the most central one: what is answered is what most of its
group ask. `tests/endurance/test_waiting_groups.py` tells how many of its own a group has.
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
"""How alike two questions are at least, one word of which was swapped, for it to make another question of one: a bus on
Sunday or on Monday has 0.9. Where the others differ, too, both words may mean the same."""
CROWD = slice(4, 20)
"""The ranks of the neighbours that are merely about the same field."""
ALONE = 0.5
"""What counts as the cosine of neighbours that are not there."""
FEW, MANY = 25, 300
"""Up to how many questions the level is the high one, and from how many the low one."""
MOST_LIKELY, LIKELY = 15, 0.3
"""How many questions may mean the same as one without being sure, and how far below the level they are."""
MOST_NEAR, NEAR = 6, 0.05
"""How many of them are nearly sure, and how far below the level those are: about a third of these mean the same.

No level tells more of a group at once for fewer of the others: below this one, whoever is told another group's answer
is missing in their own, so that less of each is told, see `tests/endurance/test_waiting_groups.py`.
"""


@frozen
class Levels:
    """How alike questions are in a group: among few, most that is near is something else all the same."""

    few: float
    many: float

    def of(self, total: int) -> float:
        """The level among so many questions."""
        place = np.log(min(max(total, FEW), MANY) / FEW) / np.log(MANY / FEW)
        return self.few + (self.many - self.few) * float(place)


WORDED = 0.2
"""The share of the words in how alike two questions of one language are."""
MEANING, WORDS = Levels(0.225, 0.08), Levels(0.12, 0.06)
"""For vectors of an encoder: `Can I bring my dog?` has 0.75 with its French translation. And for words alone."""
Texts = Sequence[tuple[str, str]]
"""Questions, each with its language: words are compared within one alone."""


class Likeness:
    """How alike questions are.

    Args:
        encoder: None compares the words alone.
        people: by question, how many asked it so.
    """

    def __init__(
        self, texts: Texts, encoder: Encoder | None, languages: tuple[str, ...], people: Sequence[int] = ()
    ) -> None:
        self._languages = [language for _, language in texts]
        self._people = people or [1] * len(texts)
        self._words: list[tuple[Word, ...]] = [read(text) for text, _ in texts]
        self._cosines = cosines = _cosines(texts, encoder, languages)
        self._nearly = -1 if encoder is None else NEARLY_THE_SAME
        crowd = _crowd(cosines)
        self.shares: Array = cosines - (crowd[:, None] + crowd[None, :]) / 2
        self.level = (WORDS if encoder is None else MEANING).of(len(texts))

    def joined(self) -> list[list[int]]:
        """The groups by likeness alone."""
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
        """A group, led by what most people asked, of that by what is nearest to the others."""
        near = self.shares[np.ix_(joined, joined)].sum(axis=1) - self.shares[joined, joined]
        places = np.lexsort((-near.round(6), [-self._people[at] for at in joined]))
        return [joined[place] for place in places]

    def parted(self, joined: Sequence[int]) -> list[list[int]]:
        """A group, parted where the words make another question of one."""
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
        """Whether no word makes two questions that are alike different ones."""
        if self._languages[one] != self._languages[other]:
            return True
        change = compare(self._words[one], self._words[other]).change
        swapped = change is Change.SWAPPED and self._cosines[one, other] >= self._nearly
        return not swapped and change is not Change.DECISIVE


def group(
    texts: Texts, encoder: Encoder | None, languages: tuple[str, ...], people: Sequence[int] = ()
) -> list[list[int]]:
    """The numbers of the texts that mean the same, each group led by what most people asked.

    Args:
        people: by text, how many asked it so; one each where it is not given.
    """
    if not texts:
        return []
    likeness = Likeness(texts, encoder, languages, people)
    return sorted(part for some in likeness.joined() for part in likeness.parted(likeness.led(some)))


def kin(
    texts: Texts, encoder: Encoder | None, languages: tuple[str, ...], people: Sequence[int] = ()
) -> tuple[list[int], list[int], list[int]]:
    """The numbers of the texts that mean the same as the first, of those that nearly do, and of those that may.

    Args:
        people: as for `group`.

    Returns:
        Each list, the nearest first.
    """
    if not texts:
        return [], [], []
    likeness = Likeness(texts, encoder, languages, people)
    joined = next(some for some in likeness.joined() if some[0] == 0)
    own = likeness.parted([0, *likeness.led(joined[1:])])[0]
    shares = likeness.shares[own].mean(axis=0)
    rest = [at for at in np.argsort(-shares, kind="stable").tolist() if at not in own]
    likely = [at for at in rest if shares[at] >= likeness.level - LIKELY][:MOST_LIKELY]
    # What one word makes another question of one is not sent its answer along with others.
    near = [at for at in likely if shares[at] >= likeness.level - NEAR and likeness.same(at, 0)][:MOST_NEAR]
    return own[1:], near, [at for at in likely if at not in near]


def _crowd(cosines: Array) -> Array:
    """By text, the mean cosine of its neighbours that are not the nearest."""
    others = cosines.copy()
    np.fill_diagonal(others, -1)
    near = -np.sort(-others, axis=1)[:, : len(others) - 1]
    room = np.full((len(others), CROWD.stop), ALONE)
    room[:, : near.shape[1]] = near[:, : CROWD.stop]
    found: Array = (-np.sort(-room, axis=1))[:, CROWD].mean(axis=1)
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
    """The cosines of the words."""
    terms = Terms([normalise(text) if WORD.search(normalise(text)) else "?" for text in texts], languages).rows
    return np.asarray((terms @ terms.T).todense())
