"""Weighs answers by their nearest phrasing and their own words, for knowledge too small or too large to rehearse on."""

from collections.abc import Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.packing import join
from bot.language.search.calibration.certainty import PRIOR, choice_features
from bot.language.search.calibration.weighing import Weighed
from bot.language.search.material import Material
from bot.language.search.passages import Passages
from bot.language.search.phrasings import Phrasings

LEXICAL_WEIGHT, PASSAGE_WEIGHT, SENTENCE_WEIGHT = 0.3, 0.5, 0.2
"""Beside the dense cosine of the nearest phrasing."""
BACKGROUND = 0.3
"""The strength of an answer to a question that it has nothing to do with. No answer leads by more than it exceeds this:
where there are few, there may be no second one to lead before."""
SHORTLIST = 50
"""The best answers by phrasing and words, whose sentences are read."""


class Nearest:
    """The nearest phrasing, dense and lexical; the answers' words; and the nearest of their sentences.

    Attributes:
        certainty: the prior, since there is nothing to rehearse on.
    """

    certainty = PRIOR
    reliability = None

    def __init__(self, phrasings: Phrasings, material: Material) -> None:
        self._phrasings = phrasings
        self._asked = [entry.phrasings for entry in material.entries]
        titles = [entry.phrasings[0] for entry in material.entries]
        self._passages = Passages(titles, [entry.body for entry in material.entries], phrasings.terms.tokenise)
        spoken = [material.vectors[entry.answer_id] for entry in material.entries]
        told = [rows[len(entry.phrasings) :] for rows, entry in zip(spoken, material.entries, strict=True)]
        self._sentences = [rows if len(rows) else own[:1] for rows, own in zip(told, spoken, strict=True)]

    def weigh(self, dense: Array, plain: Sequence[str]) -> Weighed:
        """Weigh the answers on the shortlist."""
        near, lexical = (self._phrasings.nearest(part) for part in self._phrasings.compare(dense, plain))
        words = self._passages.weigh(plain)
        strength = near + LEXICAL_WEIGHT * lexical + PASSAGE_WEIGHT * words
        best = _first(strength, SHORTLIST)
        said = np.stack([self._read(vector, row) for vector, row in zip(dense, best, strict=True)])
        short = [np.take_along_axis(part, best, axis=1) for part in (strength, lexical, words)]
        strength = short[0] + SENTENCE_WEIGHT * said
        first, each = strength.argmax(axis=1), np.arange(len(best))
        lacking = self._lack(plain, best[each, first])
        gate = np.stack([near.max(axis=1), strength[each, first], short[1][each, first], lacking], axis=-1)
        return Weighed(best, gate, _features(strength, short[1], short[2]))

    def _lack(self, plain: Sequence[str], answers: Array) -> Array:
        """By question, how rare the rarest of its words is that its best answer lacks."""
        pairs = zip(plain, answers.tolist(), strict=True)
        return np.array([self._passages.lack(text, answer, self._asked[answer]) for text, answer in pairs])

    def _read(self, vector: Array, answers: Array) -> Array:
        """By answer, the cosine of its nearest sentence."""
        told = [self._sentences[answer] for answer in answers]
        starts = np.cumsum([0, *map(len, told)])[:-1]
        found: Array = np.maximum.reduceat(join(told).unpack() @ vector, starts)
        return found


def _features(strength: Array, *others: Array) -> Array:
    """The features of each answer, its margin being over the best other one and over `BACKGROUND`."""
    nothing = np.full((len(strength), 1), BACKGROUND)
    none = np.zeros((len(strength), 1))
    found = choice_features(np.hstack([strength, nothing]), *(np.hstack([other, none]) for other in others))
    return found[:, :-1]


def _first(values: Array, most: int) -> Array:
    """By row, the columns of the greatest values, the greatest first; of equal ones the first."""
    if values.shape[1] > most:
        some = np.sort(np.argpartition(-values, most, axis=1)[:, :most], axis=1)
    else:
        some = np.broadcast_to(np.arange(values.shape[1]), values.shape)
    order = np.argsort(-np.take_along_axis(values, some, axis=1), axis=1, kind="stable")
    return np.take_along_axis(some, order, axis=1)
