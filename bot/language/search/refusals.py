"""Lowers the confidence in answers that were refused before for the same or a similar question."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.search.material import Refusal
from bot.language.text.frame import unframe
from bot.language.text.normalise import question_key

MOST_REFUSED = 0.3
"""The most confidence in an answer that was refused for this question, so that it is offered at most."""
MOST_UNCOVERED = 0.2
"""The most confidence in any answer to a question that none fits, so that it is passed on to the team."""
DISCOUNT_SHARPNESS, DISCOUNT_LEAD = 30.0, 0.05
"""The steepness of the discount, and the nearest phrasing's lead, in cosine, at which half the confidence is left."""
SAME = 0.85
"""The cosine with a refused question from which a question counts as the same."""


class Refusals:
    """The answers refused for questions, and the questions known to have no answer.

    Args:
        refusals: the refusals.
        ids: by number of an answer, its id.
        encoder: finds similar questions by meaning; None finds only equal ones.
    """

    def __init__(self, refusals: Sequence[Refusal], ids: Sequence[int], encoder: Encoder | None) -> None:
        self._ids, self._refusals = ids, refusals
        self._at: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(refusals):
            self._at[question_key(unframe(one.text))].append(at)
        self._uncovered = np.array([at for at, one in enumerate(refusals) if one.answer_id is None], int)
        self._newest = np.array([refusals[at].newest for at in self._uncovered], int)
        self.rows = encoder.encode([unframe(one.text) for one in refusals]) if encoder and refusals else None

    def discount(self, dense: Array, phrasings: Array, answers: Array, confidence: Array) -> Array:
        """The confidence, reduced where a question is nearer to one that no answer fits than to any phrasing.

        With 50 such questions of intents without an answer, the share of questions answered rightly at 5 % false
        answers rises by 7 (BANKING77), 12 (CLINC150) and 11 points (BANKING77, one phrasing an answer). A less steep
        discount gains as much, but leaves fewer questions answered at all.

        Args:
            dense: questions × dimension, the questions' vectors.
            phrasings: phrasings × dimension, the vectors of all phrasings.
            answers: questions × candidates, the numbers of the answers.
            confidence: questions × candidates, the confidence in these.
        """
        if self.rows is None or not len(self._uncovered):
            return confidence
        near = dense @ self.rows[self._uncovered].T
        nearest, first = near.max(axis=1), near.argmax(axis=1)
        lead = (dense @ phrasings.T).max(axis=1) - nearest
        share = 1 / (1 + np.exp(-DISCOUNT_SHARPNESS * (lead - DISCOUNT_LEAD)))
        newest = self._newest[first][:, None]
        older = (newest == 0) | (np.array(self._ids)[answers] <= newest)
        doubted: Array = np.where(older, confidence * share[:, None], confidence)
        return doubted

    def most(self, key: str, vector: Array | None, answers: Sequence[int], exact: set[int]) -> Mapping[int, float]:
        """The upper limits of the confidence in the answers that were refused for a question or a similar one.

        Args:
            key: the question's key, from `question_key`.
            vector: the question's vector; None without an encoder.
            answers: the numbers of the answers.
            exact: the answers with a phrasing equal to the question, which only a refusal of the same question limits.
        """
        same = dict.fromkeys(self._at.get(key, ()), True)
        if self.rows is not None and vector is not None:
            same = {**dict.fromkeys(np.flatnonzero(self.rows @ vector >= SAME).tolist(), False), **same}
        found: dict[int, float] = {}
        for at, own in same.items():
            most = MOST_UNCOVERED if self._refusals[at].answer_id is None else MOST_REFUSED
            for answer in answers:
                if self._refuses(self._refusals[at], answer, exact=answer in exact, own=own):
                    found[answer] = min(most, found.get(answer, most))
        return found

    def _refuses(self, one: Refusal, answer: int, *, exact: bool, own: bool) -> bool:
        if one.answer_id is not None:
            return one.answer_id == self._ids[answer] and (own or not exact)
        return not exact and (not one.newest or self._ids[answer] <= one.newest)
