"""Weighs answers by kernel regression, for knowledge with enough phrasings to rehearse on."""

from collections.abc import Sequence

import numpy as np

from bot.language.certainty import choice_features, rehearse
from bot.language.evidence import Array
from bot.language.frame import unframe
from bot.language.kernel import Kernel
from bot.language.material import Refusal
from bot.language.normalise import normalise
from bot.language.phrasings import Phrasings
from bot.language.validation import Reliability
from bot.language.weighing import Weighed

FEWEST_ANSWERS, FEWEST_PHRASINGS = 10, 100
"""Fewer answers or phrasings cannot tell how far to trust what is found."""


class Rehearsed:
    """The kernel over phrasings and refused questions, with the certainty its rehearsal gives.

    Attributes:
        certainty: fitted to what the kernel says of its phrasings, left out.
        reliability: how right it was in that rehearsal.
    """

    def __init__(self, phrasings: Phrasings, refusals: Sequence[Refusal], rows: Array | None) -> None:
        self._phrasings = phrasings
        refused = [at for at, refusal in enumerate(refusals) if refusal.answer_id is None]
        texts = [normalise(unframe(refusals[at].text)) for at in refused]
        terms = phrasings.terms.vectors([*map(normalise, phrasings.texts), *texts])
        self._dense = phrasings.dense
        if rows is not None:
            self._dense = np.concatenate([phrasings.dense, rows[refused]])
        self._columns = terms.T.tocsr()
        answers = np.concatenate([phrasings.answers, np.full(len(refused), -1)]).astype(int)
        self._kernel = Kernel(self._dense, terms, answers, len(phrasings.starts))
        self._rehearse(answers)

    def weigh(self, dense: Array, plain: Sequence[str]) -> Weighed:
        """Weigh every answer."""
        lexical = (self._phrasings.terms.vectors(plain) @ self._columns).toarray()
        values = self._kernel.weigh(dense @ self._dense.T, lexical)
        everyone = np.broadcast_to(np.arange(values.shape[1]), values.shape)
        return Weighed(everyone, values.max(axis=1)[:, None], choice_features(values))

    def _rehearse(self, answers: Array) -> None:
        alone, without = self._kernel.leave_out()
        self._kernel.release()
        known = answers >= 0
        several = known & (np.bincount(answers[known])[answers] > 1)
        self.certainty = rehearse(alone[several], without, answers[several])
        asked = np.concatenate([alone[several], without])
        right = np.concatenate([answers[several], np.full(len(without), -1)])
        found = self.certainty.estimate(asked.max(axis=1)[:, None], choice_features(asked))
        self.reliability = Reliability(found.max(axis=1), found.argmax(axis=1) == right, right >= 0)
