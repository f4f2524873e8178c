"""Ranks answers by their nearest phrasing and their words, for knowledge too small or large for `KernelRegression`."""

from collections.abc import Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.centred import common
from bot.language.encoding.encoder import unit
from bot.language.encoding.packing import Packed, join
from bot.language.search.calibration.certainty import PRIOR, choice_features
from bot.language.search.calibration.weighing import Weighed
from bot.language.search.material import Entry, Material
from bot.language.search.passages import Passages
from bot.language.search.phrasings import Phrasings

LEXICAL_WEIGHT, PASSAGE_WEIGHT, SENTENCE_WEIGHT = 0.3, 0.7, 0.2
"""The weights relative to the centred cosine of the nearest phrasing."""
WHOLE_WEIGHT = 0.7
"""The weight of the vector of an answer's question and beginning, relative to that of a phrasing alone."""
BACKGROUND = 0.3
"""The usual strength of an unrelated answer, which stands for a further answer: with few answers, there may be no
second one to compute a margin over."""
NEIGHBOURS, HUBNESS_WEIGHT, MOST_CORRECTED = 10, 0.2, 2_000
"""The number of nearest phrasings of other answers whose mean cosine is a phrasing's hubness; the factor of the hubness
that is subtracted; and the most phrasings for that, since comparing all with all takes seconds."""
SHORTLIST = 50
"""The number of best answers by phrasing and words whose sentences are compared."""


class Nearest:
    """Ranks by the nearest phrasing, dense and lexical; by the answers' words; and by their nearest sentence.

    A phrasing's vector includes the beginning of its answer, and is centred, which removes mostly the form of
    questions: of 100 questions in quite different words, 43 find their answer first instead of 37, and 64 among three
    instead of 59. Phrasings near to many of other answers are hubs and get a lower value, which finds half a percent
    more in all sets.

    Attributes:
        certainty: the prior, since there is no cross-validation.
    """

    certainty = PRIOR
    reliability = None

    def __init__(self, phrasings: Phrasings, material: Material) -> None:
        self._phrasings = phrasings
        self._asked = [entry.phrasings for entry in material.entries]
        titles = [entry.phrasings[0] for entry in material.entries]
        self._passages = Passages(titles, [entry.body for entry in material.entries], phrasings.terms.tokenise)
        spoken = [(entry, material.vectors[entry.answer_id]) for entry in material.entries]
        rows = unit(np.concatenate([_about(entry, own) for entry, own in spoken]))
        self._common = common(rows)
        self._rows = unit(rows - self._common)
        self._hubness = _hubness(self._rows, phrasings.answers)
        self._spoken = [_without_whole(entry, own) for entry, own in spoken]

    def weigh(self, dense: Array, plain: Sequence[str]) -> Weighed:
        """Compute the features of the answers on the shortlist."""
        lexical = self._phrasings.nearest(self._phrasings.share(plain))
        about = self._phrasings.nearest((self._rows @ unit(dense - self._common).T).T - self._hubness)
        words = self._passages.weigh(plain)
        strength = about + LEXICAL_WEIGHT * lexical + PASSAGE_WEIGHT * words
        best = _first(strength, SHORTLIST)
        near, said = np.stack([self._read(vector, row) for vector, row in zip(dense, best, strict=True)], axis=1)
        short = [np.take_along_axis(part, best, axis=1) for part in (strength, lexical, words)]
        strength = short[0] + SENTENCE_WEIGHT * said
        first, each = strength.argmax(axis=1), np.arange(len(best))
        lacking = self._lack(plain, best[each, first])
        gate = np.stack([near.max(axis=1), strength[each, first], short[1][each, first], lacking], axis=-1)
        return Weighed(best, gate, _features(strength, short[1], short[2]))

    def _lack(self, plain: Sequence[str], answers: Array) -> Array:
        """By question, the rarity of its rarest word that its best answer lacks; see `Passages.lack`."""
        pairs = zip(plain, answers.tolist(), strict=True)
        return np.array([self._passages.lack(text, answer, self._asked[answer]) for text, answer in pairs])

    def _read(self, vector: Array, answers: Array) -> Array:
        """2 × answers: for answers to one question, the cosines of the nearest phrasing and of the nearest sentence."""
        spoken = [self._spoken[answer] for answer in answers]
        starts = np.cumsum([0, *(count for phrased, rows in spoken for count in (phrased, len(rows) - phrased))])[:-1]
        found: Array = np.maximum.reduceat(join([rows for _, rows in spoken]).unpack() @ vector, starts)
        return found.reshape(-1, 2).T


def _hubness(rows: Array, answers: Array) -> Array:
    """By phrasing, what is subtracted from its cosines: its hubness less the mean, times `HUBNESS_WEIGHT`."""
    near = min(NEIGHBOURS, len(rows) - 1)
    if near < 1 or len(rows) > MOST_CORRECTED:
        return np.zeros(len(rows), np.float32)
    cosines = rows @ rows.T
    cosines[answers[:, None] == answers] = -1
    found = HUBNESS_WEIGHT * np.partition(cosines, -near, axis=1)[:, -near:].mean(axis=1)
    less: Array = found - found.mean()
    return less


def _about(entry: Entry, spoken: Packed) -> Array:
    """The vectors of an answer's phrasings, each combined with the beginning of its text."""
    rows, count = spoken.unpack(), len(entry.phrasings)
    found: Array = rows[:count] + WHOLE_WEIGHT * rows[count] if entry.whole else rows[:count]
    return found


def _without_whole(entry: Entry, spoken: Packed) -> tuple[int, Packed]:
    """The number of an answer's phrasings, and the vectors of these and of its sentences.

    Without sentences, the vector of the first phrasing stands for one.
    """
    count = len(entry.phrasings)
    told = spoken[count + len(entry.whole) :]
    return count, join([spoken[:count], told if len(told) else spoken[:1]])


def _features(strength: Array, *others: Array) -> Array:
    """The features of each answer, with its margin over the best other answer or `BACKGROUND`."""
    nothing = np.full((len(strength), 1), BACKGROUND)
    none = np.zeros((len(strength), 1))
    found = choice_features(np.hstack([strength, nothing]), *(np.hstack([other, none]) for other in others))
    return found[:, :-1]


def _first(values: Array, most: int) -> Array:
    """By row, the columns of the `most` greatest values, the greatest first; of equal values, the first columns."""
    if values.shape[1] > most:
        some = np.sort(np.argpartition(-values, most, axis=1)[:, :most], axis=1)
    else:
        some = np.broadcast_to(np.arange(values.shape[1]), values.shape)
    order = np.argsort(-np.take_along_axis(values, some, axis=1), axis=1, kind="stable")
    return np.take_along_axis(some, order, axis=1)
