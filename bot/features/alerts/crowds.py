"""Finds what many people say alike in a day; imported late, since it brings numpy and scipy."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.signals.watching import FEWEST_FOR_ALERT
from bot.themes.linkage import MEANING, means, product
from bot.themes.space import Space
from storage.items.alerts import Filed

BLOCK = 1_024
"""Rows compared at a time."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How alike texts are that are about the same.

    Attributes:
        text: the cosine of two texts.
        centre: the cosine of a text and the mean of several.
        same: the cosine of two means.
    """

    text: float
    centre: float
    same: float


BY_MEANING, BY_WORDS = Reach(0.45, 0.50, 0.70), Reach(0.17, 0.25, 0.45)
"""By an encoder's vectors, and by words alone: measured by `tests/endurance/alerts`."""


@dataclass(frozen=True, slots=True)
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
    return Crowd(tuple(near(space, centre, sorted(among), reach_of(space).centre)), centre)


def near(space: Space, centre: Any, among: Sequence[int], least: float) -> list[int]:
    """The rows that are at least so much like a centre, the most alike first."""
    parts = [among[start : start + BLOCK] for start in range(0, len(among), BLOCK)]
    cosines = [float(one) for part in parts for one in product(space.rows(part), centre).ravel()]
    found = [(-cosine, row) for cosine, row in zip(cosines, among, strict=True) if cosine >= least]
    return [row for _, row in sorted(found)]


def is_same(space: Space, one: Crowd, other: Crowd) -> bool:
    """Whether two crowds speak of one thing."""
    lengths = [float(np.sqrt(product(each.centre, each.centre)[0, 0])) or 1.0 for each in (one, other)]
    return float(product(one.centre, other.centre)[0, 0]) / (lengths[0] * lengths[1]) >= reach_of(space).same


def find(items: Sequence[Filed], space: Space, fresh: Collection[int], among: Collection[int]) -> Iterator[Crowd]:
    """What enough people say alike, each item in one crowd at most.

    Args:
        items: by row of the space.
        fresh: the rows around which is looked, the most people first.
        among: the rows that are counted.
    """
    left, least = set(among), reach_of(space).text
    for row in _seeds(items, space, sorted(left & set(fresh)), sorted(left), least):
        if row not in left:
            continue
        alike = near(space, space.rows([row]), sorted(left), least)
        crowd = around(space, alike, left)
        if people(items[one] for one in crowd.rows) >= FEWEST_FOR_ALERT:
            left -= set(crowd.rows)
            yield crowd


def people(items: Iterable[Filed]) -> int:
    """How many people wrote some items; those of which no author is known are nobody's."""
    return len({item.voice for item in items} - {None})


def _seeds(items: Sequence[Filed], space: Space, rows: Sequence[int], among: Sequence[int], least: float) -> list[int]:
    """Those of some rows that enough people are like, those with most people first."""
    counted: list[tuple[int, int]] = []
    others = space.rows(among)
    for start in range(0, len(rows), BLOCK):
        part = rows[start : start + BLOCK]
        hits = product(space.rows(part), others) >= least
        for at in np.flatnonzero(hits.sum(axis=1) >= FEWEST_FOR_ALERT).tolist():
            voices = people(items[among[one]] for one in np.flatnonzero(hits[at]).tolist())
            if voices >= FEWEST_FOR_ALERT:
                counted.append((-voices, part[at]))
    return [row for _, row in sorted(counted)]
