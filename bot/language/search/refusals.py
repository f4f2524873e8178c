"""What was refused before: an answer that did not help with a question is not given to it again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.search.material import Refusal
from bot.language.text.frame import unframe
from bot.language.text.normalise import question_key

MOST_REFUSED = 0.3
"""The most confidence in an answer that was refused for this question: it may be offered."""
MOST_UNCOVERED = 0.2
"""The most confidence in any answer to a question that none answers: it is passed on."""
DOUBT_SHARPNESS, DOUBT_LEAD = 30.0, 0.05
"""How fast the confidence falls, and by how much the nearest phrasing must be nearer for half of it to be left."""
SAME = 0.85
"""The cosine with a refused question from which a question counts as the same."""


class Refusals:
    """The answers refused for questions, and the questions known to have no answer.

    Args:
        ids: by answer, its id.
        encoder: finds questions like those refused; None compares them by their words.
    """

    def __init__(self, refusals: Sequence[Refusal], ids: Sequence[int], encoder: Encoder | None) -> None:
        self._ids, self._refusals = ids, refusals
        self._at: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(refusals):
            self._at[question_key(unframe(one.text))].append(at)
        self._uncovered = np.array([at for at, one in enumerate(refusals) if one.answer_id is None], int)
        self._newest = np.array([refusals[at].newest for at in self._uncovered], int)
        self.rows = encoder.encode([unframe(one.text) for one in refusals]) if encoder and refusals else None

    def doubt(self, dense: Array, phrasings: Array, answers: Array, confidence: Array) -> Array:
        """The confidence, lower the nearer a question is to one that no answer fits than to any phrasing.

        With 50 such questions of intents that have no answer, the share that is answered rightly with 5 % of the others
        rises by 7 (BANKING77), 12 (CLINC150) and 11 points (BANKING77, one phrasing an answer). A gentler fall lifts it
        as much, but leaves fewer questions answered at all.

        Args:
            dense: the questions' vectors.
            phrasings: those of all phrasings.
            answers: by question, the numbers of the answers the confidence is in.
        """
        if self.rows is None or not len(self._uncovered):
            return confidence
        near = dense @ self.rows[self._uncovered].T
        nearest, first = near.max(axis=1), near.argmax(axis=1)
        lead = (dense @ phrasings.T).max(axis=1) - nearest
        share = 1 / (1 + np.exp(-DOUBT_SHARPNESS * (lead - DOUBT_LEAD)))
        newest = self._newest[first][:, None]
        older = (newest == 0) | (np.array(self._ids)[answers] <= newest)
        doubted: Array = np.where(older, confidence * share[:, None], confidence)
        return doubted

    def most(self, key: str, vector: Array | None, answers: Sequence[int], exact: set[int]) -> Mapping[int, float]:
        """The most confidence in each of some answers that was refused for a question, or for one like it.

        Args:
            answers: their numbers.
            exact: the answers with a phrasing that is this question: only the question itself refuses those.
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
