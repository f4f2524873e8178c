"""What speaks for each answer to each question, before it is weighed."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well some questions (rows) fit the answers (columns).

    Attributes:
        similarity: the cosine with the answer's nearest phrasing, 0 to 1.
        head: the classifier's decision, about -1 to 1; None where too little is known to train one.
        coverage: by question, the share of it the knowledge has terms for, 0 to 1.
    """

    similarity: Array
    head: Array | None
    coverage: Array

    def features(self) -> Array:
        """Questions × answers × features: each measure, its lead over the best other answer, and coverage."""
        measures = [self.similarity] if self.head is None else [self.similarity, self.head]
        found = [value for measure in measures for value in (measure, _lead(measure))]
        return np.stack([*found, np.broadcast_to(self.coverage[:, None], self.similarity.shape)], axis=-1)


def _lead(measure: Array) -> Array:
    """How far each answer is ahead of the best other one; behind it, how far below 0."""
    if measure.shape[1] == 1:
        return measure
    second, first = np.partition(measure, -2, axis=1)[:, -2:].T
    best = measure == first[:, None]
    lead: Array = measure - np.where(best, second[:, None], first[:, None])
    return lead
