"""Finds what many people say alike in a day; imported late, since it brings numpy and scipy."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from scipy.sparse import vstack

from bot.language.arrays import Array
from bot.signals.watching import FEWEST_FOR_ALERT
from bot.themes.linkage import MEANING, means, product
from bot.themes.space import Space
from storage.items.signals.watched import Filed
from storage.values import frozen

BLOCK = 1_024
"""Rows compared at a time."""
MOST_SEEDS = 200
"""Items around which is looked in one look."""


@frozen
class Reach:
    """How alike texts are that are about the same.

    Attributes:
        text: the cosine of two texts.
        centre: the cosine of a text and the mean of several.
        same: the cosine of two means.
        near: the cosine of two means, one of them of an alert that goes on: what comes at the same time and is
            somewhat like it is the same crisis in other words.
    """

    text: float
    centre: float
    same: float
    near: float


BY_MEANING, BY_WORDS = Reach(0.43, 0.47, 0.60, 0.40), Reach(0.17, 0.25, 0.35, 0.18)
"""By an encoder's vectors, and by words alone: measured by `tests/endurance/alerts`."""


@frozen
class Crowd:
    """Items that say alike.

    Attributes:
        rows: their places among those that were compared, the most central first.
        centre: the mean of what they are like, as a matrix of one row.
    """

    rows: tuple[int, ...]
    centre: Any


def reach_of(space: Space) -> Reach:
    """How alike texts are in a space."""
    return BY_MEANING if space.floors is MEANING else BY_WORDS


def around(space: Space, anchors: Sequence[int], among: Collection[int]) -> Crowd:
    """Those of some rows that are like several others."""
    centre = means(space.rows(list(anchors)), [range(len(anchors))])
    rows = sorted(among)
    cosines = _like(space.rows(rows), centre)
    close = np.flatnonzero(cosines >= reach_of(space).centre)
    return Crowd(tuple(rows[one] for one in close[np.argsort(-cosines[close], kind="stable")].tolist()), centre)


def is_same(space: Space, one: Crowd, other: Crowd, *, goes_on: bool = False) -> bool:
    """Whether two crowds speak of one thing.

    Args:
        goes_on: whether one of them is of an alert that goes on.
    """
    reach = reach_of(space)
    lengths = [float(np.sqrt(product(each.centre, each.centre)[0, 0])) or 1.0 for each in (one, other)]
    return float(product(one.centre, other.centre)[0, 0]) / (lengths[0] * lengths[1]) >= (
        reach.near if goes_on else reach.same
    )


def find(items: Sequence[Filed], space: Space, fresh: Collection[int], among: Collection[int]) -> Iterator[Crowd]:
    """What enough people say alike, each item in one crowd at most.

    Args:
        items: by row of the space.
        fresh: the rows around which is looked, the most people first.
        among: the rows that are counted.
    """
    rows, reach = sorted(among), reach_of(space)
    if not rows:
        return
    vectors, free = space.rows(rows), np.ones(len(rows), bool)
    for at in _seeds([items[row] for row in rows], vectors, [at for at, row in enumerate(rows) if row in fresh], reach):
        if not free[at]:
            continue
        centre = means(vectors, [np.flatnonzero(_like(vectors, vectors[at : at + 1]) >= reach.text)])
        cosines = _like(vectors, centre)
        close = np.flatnonzero(free & (cosines >= reach.centre))
        if people(items[rows[one]] for one in close.tolist()) >= FEWEST_FOR_ALERT:
            free[close] = False
            yield Crowd(tuple(rows[one] for one in close[np.argsort(-cosines[close], kind="stable")].tolist()), centre)


def alike(space: Space, centres: Sequence[Any], rows: range) -> list[list[int]]:
    """By centre, the rows that are like it."""
    stacked = vstack(centres, format="csr") if hasattr(centres[0], "todense") else np.concatenate(centres)
    found: list[list[int]] = [[] for _ in centres]
    for start in range(rows.start, rows.stop, BLOCK):
        part = range(start, min(start + BLOCK, rows.stop))
        hits = product(space.rows(part), stacked) >= reach_of(space).centre
        for one, own in enumerate(found):
            own += [part[at] for at in np.flatnonzero(hits[:, one]).tolist()]
    return found


def people(items: Iterable[Filed]) -> int:
    """How many people wrote some items; those of which no author is known are nobody's."""
    return len({item.voice for item in items} - {None})


def _seeds(items: Sequence[Filed], vectors: Any, rows: Sequence[int], reach: Reach) -> list[int]:
    """Those of some rows that enough people are like, those with most people first."""
    counted: list[tuple[int, int]] = []
    for start in range(0, len(rows), BLOCK):
        part = list(rows[start : start + BLOCK])
        hits = product(vectors[part], vectors) >= reach.text
        for at in np.flatnonzero(hits.sum(axis=1) >= FEWEST_FOR_ALERT).tolist():
            voices = people(items[one] for one in np.flatnonzero(hits[at]).tolist())
            if voices >= FEWEST_FOR_ALERT:
                counted.append((-voices, part[at]))
    return [row for _, row in sorted(counted)[:MOST_SEEDS]]


def _like(vectors: Any, centre: Any) -> Array:
    """By row, its cosine with a centre."""
    return product(vectors, centre).ravel()
