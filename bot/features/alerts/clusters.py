"""Clusters a day's items by the similarity of their texts; imported late, since it brings numpy and scipy."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
from scipy.sparse import vstack

from bot.features.alerts.scene import people
from bot.language.arrays import Array
from bot.signals.watching import FEWEST_FOR_ALERT
from bot.themes.linkage import MEANING, means, product
from bot.themes.space import Space
from storage.items.signals.watched import Filed
from storage.values import frozen

BLOCK = 1_024
"""The number of rows compared at a time."""
MOST_SEEDS = 200
"""The largest number of seeds, the items around which clusters are formed, in one look."""


@frozen
class Thresholds:
    """The least cosine similarities by which texts count as being about the same.

    Attributes:
        text: between two texts.
        centre: between a text and the mean of a cluster.
        same: between the means of two clusters.
        near: between the means of two clusters, one of which is an open alert's: lower, as a somewhat similar cluster
            at the same time is likely to be the same crisis in other words.
    """

    text: float
    centre: float
    same: float
    near: float


BY_MEANING, BY_WORDS = Thresholds(0.43, 0.47, 0.60, 0.40), Thresholds(0.17, 0.25, 0.35, 0.18)
"""For an encoder's vectors, and for word vectors; measured by `tests/endurance/alerts`."""


@frozen
class Cluster:
    """Items with similar texts.

    Attributes:
        rows: their rows in the space, the most central first.
        centre: their mean vector, as a matrix of one row.
    """

    rows: tuple[int, ...]
    centre: Any


def thresholds_of(space: Space) -> Thresholds:
    """The thresholds for the vectors of a space."""
    return BY_MEANING if space.floors is MEANING else BY_WORDS


def cluster_around(space: Space, anchors: Sequence[int], among: Collection[int]) -> Cluster:
    """The cluster of the rows `among` that are similar to the mean of the rows `anchors`."""
    centre = means(space.rows(list(anchors)), [range(len(anchors))])
    rows = sorted(among)
    cosines = _cosines(space.rows(rows), centre)
    close = np.flatnonzero(cosines >= thresholds_of(space).centre)
    return Cluster(tuple(rows[one] for one in close[np.argsort(-cosines[close], kind="stable")].tolist()), centre)


def is_same(space: Space, one: Cluster, other: Cluster, *, goes_on: bool = False) -> bool:
    """Whether two clusters are about the same.

    Args:
        goes_on: whether one of them is that of an open alert.
    """
    least = thresholds_of(space)
    lengths = [float(np.sqrt(product(each.centre, each.centre)[0, 0])) or 1.0 for each in (one, other)]
    return float(product(one.centre, other.centre)[0, 0]) / (lengths[0] * lengths[1]) >= (
        least.near if goes_on else least.same
    )


def find(items: Sequence[Filed], space: Space, fresh: Collection[int], among: Collection[int]) -> Iterator[Cluster]:
    """Find disjoint clusters written by at least `FEWEST_FOR_ALERT` people.

    Args:
        items: the items by row of the space.
        fresh: the rows that may be seeds; those with the most people around them come first.
        among: the rows that are clustered.
    """
    rows, least = sorted(among), thresholds_of(space)
    if not rows:
        return
    vectors, free = space.rows(rows), np.ones(len(rows), bool)
    for at in _seeds([items[row] for row in rows], vectors, [at for at, row in enumerate(rows) if row in fresh], least):
        if not free[at]:
            continue
        centre = means(vectors, [np.flatnonzero(_cosines(vectors, vectors[at : at + 1]) >= least.text)])
        cosines = _cosines(vectors, centre)
        close = np.flatnonzero(free & (cosines >= least.centre))
        if people(items[rows[one]] for one in close.tolist()) >= FEWEST_FOR_ALERT:
            free[close] = False
            yield Cluster(
                tuple(rows[one] for one in close[np.argsort(-cosines[close], kind="stable")].tolist()), centre
            )


def similar_rows(space: Space, centres: Sequence[Any], rows: range) -> list[list[int]]:
    """The rows similar to each centre, in the order of the centres."""
    stacked = vstack(centres, format="csr") if hasattr(centres[0], "todense") else np.concatenate(centres)
    found: list[list[int]] = [[] for _ in centres]
    for start in range(rows.start, rows.stop, BLOCK):
        part = range(start, min(start + BLOCK, rows.stop))
        hits = product(space.rows(part), stacked) >= thresholds_of(space).centre
        for one, own in enumerate(found):
            own += [part[at] for at in np.flatnonzero(hits[:, one]).tolist()]
    return found


def _seeds(items: Sequence[Filed], vectors: Any, rows: Sequence[int], least: Thresholds) -> list[int]:
    """Those of `rows` with similar items by at least `FEWEST_FOR_ALERT` people, those with the most people first."""
    counted: list[tuple[int, int]] = []
    for start in range(0, len(rows), BLOCK):
        part = list(rows[start : start + BLOCK])
        hits = product(vectors[part], vectors) >= least.text
        for at in np.flatnonzero(hits.sum(axis=1) >= FEWEST_FOR_ALERT).tolist():
            voices = people(items[one] for one in np.flatnonzero(hits[at]).tolist())
            if voices >= FEWEST_FOR_ALERT:
                counted.append((-voices, part[at]))
    return [row for _, row in sorted(counted)[:MOST_SEEDS]]


def _cosines(vectors: Any, centre: Any) -> Array:
    """The cosine similarity of each row with a centre, of shape (rows,)."""
    return product(vectors, centre).ravel()
