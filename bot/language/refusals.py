"""What was refused before: an answer that did not help with a question is not given to it again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from bot.language.encoder import Encoder
from bot.language.evidence import Array
from bot.language.frame import unframe
from bot.language.material import Refusal
from bot.language.normalise import question_key

MOST_REFUSED = 0.3
"""The most confidence in an answer that was refused for this question: it may be offered."""
MOST_UNCOVERED = 0.2
"""The most confidence in any answer to a question that none answers: it is passed on."""
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
        self.rows = encoder.encode([unframe(one.text) for one in refusals]) if encoder and refusals else None

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
