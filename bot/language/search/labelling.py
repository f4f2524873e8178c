"""Predicts labels of texts from labelled ones, where the prediction is confident enough."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.language.arrays import Array
from bot.language.text.normalise import has_words, normalise
from bot.language.text.terms import Terms

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder

LEAST_EACH = 5
"""The fewest labelled texts of a label for it to be predicted."""
RIGHT = 0.9
"""The precision that predictions must have in cross-validation, among those at least as confident."""
LEAST_SURE, LEAST_GUESSED = 0.5, 10
FOLDS, NEAREST = 5, 7


def label(
    known: Sequence[tuple[str, str]],
    texts: Sequence[str],
    encoder: "Encoder | None",
    languages: tuple[str, ...],
    least: int,
) -> list[str | None]:
    """The label of each text; None where the prediction is not confident enough.

    Args:
        known: labelled texts, each with its label.
        texts: the texts to label.
        encoder: compares by meaning; None to compare by words.
        languages: the languages of the stems.
        least: the fewest labelled texts for predicting anything.
    """
    said = [(text, own) for text, own in known if has_words(text)]
    counts = Counter(own for _, own in said)
    taught = [(text, own) for text, own in said if counts[own] >= LEAST_EACH]
    readable = [text for text in texts if has_words(text)]
    if len(taught) < least or len({own for _, own in taught}) < 2 or not readable:
        return [None] * len(texts)
    rows, others = _vectors([text for text, _ in taught], readable, encoder, languages)
    found = iter(_label(rows, np.array([own for _, own in taught]), others))
    return [next(found) if has_words(text) else None for text in texts]


def _label(rows: Any, labels: Array, others: Any) -> list[str | None]:
    # Imported here: it takes a second, and most communities have too few labels at first.
    from sklearn.model_selection import StratifiedKFold, cross_val_predict  # noqa: PLC0415
    from sklearn.neighbors import KNeighborsClassifier  # noqa: PLC0415

    # The labels of the nearest texts: for 2,000 texts with n-grams a regression takes a minute, this a second.
    model = KNeighborsClassifier(NEAREST, weights="distance", metric="cosine")
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    tried = cross_val_predict(model, rows, labels, cv=folds, method="predict_proba")
    sure = tried.max(axis=1)
    floor = _floor(sure, np.unique(labels)[tried.argmax(axis=1)] == labels)
    if floor is None:
        return [None] * others.shape[0]
    found = model.fit(rows, labels).predict_proba(others)
    best = model.classes_[found.argmax(axis=1)]
    return [str(own) if how >= floor else None for own, how in zip(best, found.max(axis=1), strict=True)]


def _floor(sure: Array, right: Array) -> float | None:
    """The confidence from which the precision is `RIGHT`; None when too few predictions reach it."""
    order = np.argsort(-sure)
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    (enough,) = np.nonzero(shares >= RIGHT)
    if not len(enough) or enough[-1] + 1 < LEAST_GUESSED:
        return None
    return max(float(sure[order[enough[-1]]]), LEAST_SURE)


def _vectors(
    taught: Sequence[str], texts: Sequence[str], encoder: "Encoder | None", languages: tuple[str, ...]
) -> tuple[Any, Any]:
    if encoder is not None:
        return encoder.encode(taught), encoder.encode(texts)
    terms = Terms([normalise(text) for text in taught], languages)
    return terms.rows, terms.vectors([normalise(text) for text in texts])
