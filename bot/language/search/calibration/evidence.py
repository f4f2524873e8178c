"""The measures from which the confidence in an answer is estimated."""

import numpy as np

from bot.language.arrays import Array
from storage.values import frozen


@frozen
class Evidence:
    """How well questions (rows) match the answers (columns).

    Attributes:
        similarity: the cosine similarity with the answer's nearest phrasing, 0 to 1.
        classifier: the classifier's decision value, about -1 to 1; None when there are too few phrasings to train one.
        known_share: by question, the length of its vector: the share of its weight in terms of the index, 0 to 1.
    """

    similarity: Array
    classifier: Array | None
    known_share: Array

    def features(self) -> Array:
        """Questions × answers × features: each measure, its margin over the best other answer, and the known share."""
        measures = [self.similarity] if self.classifier is None else [self.similarity, self.classifier]
        found = [value for measure in measures for value in (measure, margin(measure))]
        return np.stack([*found, np.broadcast_to(self.known_share[:, None], self.similarity.shape)], axis=-1)


def margin(measure: Array) -> Array:
    """Each answer's value less that of the best other answer: above 0 for the best, 0 or below for the rest."""
    if measure.shape[1] == 1:
        return measure
    second, first = np.partition(measure, -2, axis=1)[:, -2:].T
    best = measure == first[:, None]
    lead: Array = measure - np.where(best, second[:, None], first[:, None])
    return lead
